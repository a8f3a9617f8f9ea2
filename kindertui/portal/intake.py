"""Takes in receipts, absences and messages. All lands as proposed, or is kept apart with the reason.

A file is taken in one act or, when it is no whole file, refused with its reason; one refused file does not keep the
others out.
"""

import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from functools import partial
from io import BufferedReader
from pathlib import Path
from typing import Any

from kindertui.data import delivery
from kindertui.data.act import Actor
from kindertui.data.connection import Connection, connect
from kindertui.data.queries import location
from kindertui.data.store import Store
from kindertui.domain.faults import Refused
from kindertui.domain.incoming import Incoming, Taken
from kindertui.domain.policy import Policy
from kindertui.portal.bundle.check import Progress
from kindertui.portal.bundle.format import RECORDS, BundleProblem, BundleRefused, refusal
from kindertui.portal.bundle.reader import WholeFile, lines_of, open_bundle, whole_file
from kindertui.portal.incoming import incoming

_PLAIN_BYTES = 50 * 1024**2  # of a plain .jsonl
_LINES = 100_000  # what parents send to one location in years
_RECEIPTS = 1_000_000  # one for each record that left, with a bundle that holds all of them


class IntakeReport(Taken, frozen=True):
    """What came of the files; `refused` holds files refused whole."""

    refused: tuple[BundleProblem, ...] = ()


def intake(
    store: Store, actor: Actor, policy: Policy, files: Iterable[Path], *, progress: Progress | None = None
) -> IntakeReport:
    """Takes in bundles and plain .jsonl files, each in one act; may run in any thread.

    Raises DatabaseFault, never anything for what a file holds.
    """
    taken: list[Taken] = []
    refused: list[BundleProblem] = []
    every = list(files)
    # a connection of its own: the store's belongs to the thread that opened it, and this may run in another
    with closing(connect(store.locations.database, store.keys.database, read_only=True)) as db:
        for number, path in enumerate(every, start=1):
            told = None if progress is None else partial(_tell, progress, number, len(every))
            try:
                taken.append(_file(store, actor, policy, path, db, told))
            except BundleRefused as problem:
                refused += problem.problems
            except Refused as problem:  # another long act is being written
                refused.append(BundleProblem(path.name, None, problem.rule))
            if told is not None:
                told(1, 1)
    return IntakeReport(
        absences=sum(one.absences for one in taken),
        messages=sum(one.messages for one in taken),
        receipts=dict(sum((Counter(one.receipts) for one in taken), Counter[str]())),
        unchanged=sum(one.unchanged for one in taken),
        quarantined=tuple(aside for one in taken for aside in one.quarantined),
        not_kept=sum(one.not_kept for one in taken),
        refused=tuple(refused),
    )


def _tell(progress: Progress, number: int, files: int, done: int, lines: int) -> None:
    """How far it is, in hundredths of a file."""
    progress(100 * (number - 1) + 100 * done // max(lines, done, 1), 100 * files)


def _file(store: Store, actor: Actor, policy: Policy, path: Path, db: Connection, told: Progress | None) -> Taken:
    location_id = location(db).id
    with whole_file(path) as file:
        is_bundle = zipfile.is_zipfile(file.stream) or path.suffix == ".zip"
    if is_bundle:
        with open_bundle(path) as bundle:
            if bundle.manifest["location"]["id"] != location_id:
                raise refusal(path.name, "other_location")
            if problems := bundle.differs():
                raise BundleRefused(*problems)
            if _left_here(db, bundle.manifest):
                raise refusal(path.name, "left_here")
            receipts = bundle.manifest["kind"] == "receipts"
            limit = _RECEIPTS if receipts else _LINES
            # the count was found right just now, with everything else that the manifest lists
            count = bundle.manifest["files"][RECORDS]["count"] if RECORDS in bundle.names else 0
            if count > limit:
                raise refusal(path.name, "too_many_lines", limit=str(limit))
            lines = _read(path.name, bundle.lines(RECORDS) if count else iter(()), location_id, policy)
            return delivery.take_in(
                store, actor, lines, policy, receipts=receipts, progress=told and (lambda done: told(done, count))
            )
    with whole_file(path) as file:
        count = _whole_lines(file.stream, path)
        lines = _read(path.name, _plain(file), location_id, policy)
        return delivery.take_in(store, actor, lines, policy, progress=told and (lambda done: told(done, count)))


def _left_here(db: Connection, manifest: Mapping[str, Any]) -> bool:
    """Whether it is a bundle that this location wrote: the journal it names is ours. Its answer is wanted instead."""
    if manifest["kind"] != "records" or (said := manifest.get("journal")) is None:
        return False
    for head in manifest.get("heads", ()):
        if db.execute("SELECT 1 FROM origin WHERE id = ?", (head["origin"],)).fetchone() is not None:
            return True
    # what left before there were origins: the row itself, or (its hash was another one then) the book
    return (
        db.execute("SELECT 1 FROM journal WHERE seq = ? AND hash = ?", (said["seq"], said["hash"])).fetchone()
        or db.execute("SELECT 1 FROM bundle WHERE seq = ? AND upto = ?", (manifest["seq"], said["seq"])).fetchone()
    ) is not None


def _whole_lines(file: BufferedReader, path: Path) -> int:
    """How many lines a plain file has. It ends with a newline, or its last line may be half of one; some line of it
    looks like a record.
    """
    size = file.seek(0, 2)
    if size > _PLAIN_BYTES:
        raise refusal(path.name, "zip_too_big", limit=str(_PLAIN_BYTES // 1024**2))
    file.seek(-1, 2)
    if file.read(1) != b"\n":
        raise refusal(path.name, "file_half_written")
    file.seek(0)
    lines, beginnings = 0, set()
    for lines, line in lines_of(file):  # noqa: B007 - how many there are, at its end
        beginnings.add(line.removeprefix(b"\xef\xbb\xbf").lstrip()[:1])
    if lines > _LINES:
        raise refusal(path.name, "too_many_lines", limit=str(_LINES))
    if b"{" not in beginnings:
        raise refusal(path.name, "no_records")
    file.seek(0)
    return lines


def _plain(file: WholeFile) -> Iterator[tuple[int, bytes]]:
    for number, raw in lines_of(file.stream):
        file.check()  # at each line, or a file that grows as fast as it is read would never end
        line = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        if line.strip():
            yield number, line.removesuffix(b"\r")
    file.check()  # still within the act: a file that changed while it was read takes the act with it


def _read(name: str, lines: Iterable[tuple[int, bytes]], location_id: str, policy: Policy) -> Iterator[Incoming]:
    for number, raw in lines:
        yield incoming(name, number, raw, location_id, policy)
