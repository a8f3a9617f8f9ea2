"""Exports what changed since the last bundle, or everything of a period, written whole or not at all."""

import contextlib
import hmac
import itertools
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from kindertui.data import delivery, journal
from kindertui.data.act import Actor
from kindertui.data.clock import utc_now
from kindertui.data.connection import Connection, connect
from kindertui.data.queries import delivery as going
from kindertui.data.queries import location, staff
from kindertui.data.queries.delivery import Choice, Line
from kindertui.data.queries.outgoing import BundleLines, Leaving, Outgoing, audiences, taken_keys
from kindertui.data.queries.portal import cursor
from kindertui.data.queries.unfinished import unfinished
from kindertui.data.store import Store
from kindertui.domain.absences import ABSENCE_KINDS
from kindertui.domain.faults import Refused
from kindertui.domain.policy import LOG_WORDS, Policy
from kindertui.phrases.pages import PageWords
from kindertui.portal.bundle.files import Unfinished
from kindertui.portal.bundle.format import RECORDS, SPEC, digest
from kindertui.portal.bundle.readable import Readable, no_html

Progress = Callable[[int, int], None]
_TRIES = 5


class ExportReport(Struct, frozen=True):
    """What left. `counts` is by type of record (`delete` for retractions), `held_back` by reason why it stayed."""

    name: str
    path: Path
    seq: int
    records: int
    pages: int
    counts: Mapping[str, int]
    held_back: Mapping[str, int] = field(default_factory=dict)


def export(
    store: Store,
    actor: Actor,
    policy: Policy,
    out: Path,
    *,
    first: date | None = None,
    last: date | None = None,
    whole: bool = False,
    progress: Progress | None = None,
) -> ExportReport:
    """Writes a bundle to the folder `out`: what changed since the last one, or with `whole` whatever left before too.

    `first` and `last` narrow it to days, both included; the next bundle then starts where this one would have. Reads
    from one snapshot on a connection of its own, so it may run in any thread; only the booking takes the write lock.
    Nothing leaves while somebody writes a long act: it might still be taken back. Raises Refused `long_act_running`,
    `out_not_folder`, `out_no_access`, `out_full`, `out_exists` (path), `export_busy`, DatabaseFault.
    """
    store.take_back_dead(actor)
    key = store.keys.database
    for _ in range(_TRIES):
        with closing(connect(store.locations.database, key, read_only=True)) as db:
            db.execute("BEGIN")  # one snapshot for everything that is read
            if unfinished(db):
                raise Refused("long_act_running")
            closed = frozenset(child for child, guardians in audiences(db).items() if not guardians)
            after = None if whole else cursor(db)
            choice = Choice(policy.shared, closed, first=first, last=last, after=after)
            one = _Export(store, actor, policy, choice, db, pseudonyms(db, key), progress)
            with contextlib.suppress(delivery.MovedOn):
                return one.write(out)
    raise Refused("export_busy")


def pseudonyms(db: Connection, key: str) -> dict[str, str]:
    """A name for each of the staff that says nothing and stays the same: a keyed hash, shaped like an id (UUIDv8)."""
    ids = [one.id for one in staff(db)]
    ids += [row[0] for row in db.execute("SELECT id FROM staff WHERE deleted")]
    return {id: _pseudonym(id, key) for id in (*ids, "system")}


def _pseudonym(id: str, key: str) -> str:
    made = bytearray(hmac.digest(bytes.fromhex(key), b"recorded_by:" + id.encode(), "sha256")[:16])
    made[6] = made[6] & 0x0F | 0x80
    made[8] = made[8] & 0x3F | 0x80
    text = made.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


class _Export:
    def __init__(
        self, store: Store, actor: Actor, policy: Policy, choice: Choice, db: Connection, names: Mapping[str, str],
        progress: Progress | None,
    ) -> None:  # fmt: skip
        self.store, self.actor, self.policy, self.choice, self.db = store, actor, policy, choice, db
        self.names, self.progress = names, progress
        self.here = location(db)
        self.counts: Counter[str] = Counter()
        self.held: Counter[str] = Counter(going.held_back(db, choice))
        self.messages: tuple[Leaving, ...] = ()
        self.letters: list[bytes] = []
        self.done = self.total = 0
        self.days: dict[str, set[str] | None] = {}
        self.reports: dict[str, tuple[str, ...]] = {}

    def write(self, out: Path) -> ExportReport:
        now = utc_now()
        seq = delivery.next_seq(self.db)
        head = journal.head(self.db)
        everything = self.choice.first is None and self.choice.last is None
        name = f"{self.here.id[:8]}_{now:%Y%m%dT%H%M%SZ}_{seq}.zip"
        # ids and digests only; no file of it outlives the export
        with Unfinished(out, name) as unfinished, tempfile.TemporaryFile("w+", encoding="ascii") as keys:
            unfinished.add(RECORDS, self._records(keys))
            pages = self._pages(unfinished)
            records = sum(self.counts.values())
            sha256 = unfinished.close(self._manifest(now, seq, head))
            keys.seek(0)
            bundle = delivery.NewBundle(
                seq=seq,
                upto=head[0] if everything else cursor(self.db),
                name=name,
                digest=sha256,
                records=records,
                whole=self.choice.after is None,
                keys=_keys(keys),
                messages=self.messages,
                audience=audiences(self.db),
            )
            self._book(bundle, unfinished)
        return ExportReport(name, unfinished.path, seq, records, pages, dict(self.counts), dict(+self.held))

    def _book(self, bundle: delivery.NewBundle, unfinished: Unfinished) -> None:
        try:
            self.store.call(delivery.book_bundle, self.actor, bundle, self.choice, self.policy, unfinished.finish)
        except BaseException:
            # an error from a commit means "maybe": ask what stands before taking the file away
            if not self._booked(bundle):
                with contextlib.suppress(OSError):
                    unfinished.withdraw()
                raise

    def _booked(self, bundle: delivery.NewBundle) -> bool:
        key = self.store.keys.database
        with closing(connect(self.store.locations.database, key, read_only=True)) as fresh:
            row = fresh.execute("SELECT digest FROM bundle WHERE seq = ?", (bundle.seq,)).fetchone()
        return row is not None and row[0] == bundle.digest

    def _records(self, keys: IO[str]) -> Iterator[bytes]:
        writer = BundleLines(self.db, self.choice, self.names)
        few = [self._noted(made) for made in (writer.absences(), writer.consents(), writer.messages(self.policy))]
        rest = [*writer.tombstones(), *itertools.chain.from_iterable(made.lines for made in few)]
        self._note_days()
        entries = going.count_entries(self.db, self.choice)
        self.total = 2 * entries + len(rest)  # each entry comes as a record and again on a page
        book = bool(self.db.execute("SELECT EXISTS (SELECT 1 FROM delivery)").fetchone()[0])
        for chunk in itertools.chain(_chunks(rest), going.entry_lines(self.db, self.choice, self.names)):
            known = taken_keys(self.db, chunk) if book else {}
            lines = []
            for line in chunk:
                sha256 = digest(line.line)
                if known.get((line.id, line.rev), sha256) != sha256:
                    self.held["content_differs"] += 1  # its key is taken by other content: never sent under it
                    continue
                lines.append(line.line)
                self.counts[line.kind] += 1
                keys.write(f"{line.id} {line.rev} {line.kind} {sha256}\n")
            if lines:
                yield b"\n".join(lines) + b"\n"
            self._went_on(len(chunk))

    def _noted(self, made: Outgoing) -> Outgoing:
        """Keeps for the pages and the booking what the lines alone do not say."""
        self.held.update(made.held_back)
        self.messages += made.messages
        for line in made.lines:
            if line.kind == "message":
                self.letters.append(line.line)
            if line.kind == "absence" and line.child_id is not None:
                self.reports[line.child_id] = (*self.reports.get(line.child_id, ()), line.id)
        return made

    def _note_days(self) -> None:
        if self.choice.after is None:  # everything of the period: no list of days to remember
            self.days = dict.fromkeys(going.children_of(self.db, self.choice))
            return
        self.days.update(going.days_of(self.db, self.choice))
        for _id, _rev, _kind, child_id, day, _left in going.retracted(self.db, self.choice):
            if child_id not in self.choice.closed:
                days = self.days.setdefault(child_id, set())
                if days is not None:
                    days.add(day)

    def _pages(self, unfinished: Unfinished) -> int:
        words = PageWords(self.policy, self.policy.log_language or self.here.language)
        first, last = self.choice.first or date(1, 1, 2), self.choice.last or date(9999, 12, 30)
        readable = Readable(
            self.db,
            words,
            self.days,
            self.reports,
            first,
            last,
            lambda entry: self.policy.leaves(entry) and no_html(entry),
        )
        for child_id in readable.children:
            page, count = readable.page(child_id)
            self._went_on(count)
            unfinished.add(f"readable/{child_id}.html", (page,), count)
        if self.letters:
            unfinished.add("readable/messages.html", (readable.messages(self.letters),), len(self.letters))
        unfinished.add("readable/day.csv", readable.csv())
        return len(readable.children)

    def _went_on(self, count: int) -> None:
        self.done += count
        if self.progress is not None:
            self.progress(min(self.done, self.total), self.total)

    def _manifest(self, now: datetime, seq: int, head: tuple[int, str]) -> dict[str, object]:
        before = self.db.execute("SELECT digest FROM bundle ORDER BY seq DESC LIMIT 1").fetchone()
        first, last = self.choice.first, self.choice.last
        return {
            "spec": SPEC,
            "kind": "records",
            "location": {"id": self.here.id, "name": self.here.name, "timezone": self.here.timezone},
            "profile": self.policy.id,
            "language": self.policy.log_language or self.here.language,
            "created_at": now.astimezone(ZoneInfo(self.here.timezone)).isoformat(timespec="seconds"),
            "seq": seq,
            "before": before[0] if before else None,
            "journal": {"seq": head[0], "hash": head[1]},
            "generation": self.here.generation,
            "heads": [{"origin": origin, "seq": last, "hash": link} for origin, last, link in journal.heads(self.db)],
            "period": {"first": first.isoformat() if first else None, "last": last.isoformat() if last else None},
            "whole": self.choice.after is None,
            "may_leave": {share: list(every) for share, every in self.policy.shared.items()},
            "audience": {child: list(guardians) for child, guardians in sorted(audiences(self.db).items())},
            "words": {kind: word for kind in (*LOG_WORDS, *ABSENCE_KINDS) if (word := self.policy.word(kind))},
            "absence_codes": {kind: rule.code for kind, rule in self.policy.absences.items() if rule.code},
        }


def _chunks(lines: list[Line]) -> Iterator[list[Line]]:
    for start in range(0, len(lines), going.CHUNK):
        yield lines[start : start + going.CHUNK]


def _keys(file: IO[str]) -> Iterator[tuple[str, int, str, str]]:
    for line in file:
        id, rev, kind, sha256 = line.split()
        yield id, int(rev), kind, sha256
