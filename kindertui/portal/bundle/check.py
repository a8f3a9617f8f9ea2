"""Checks a bundle as a stranger would: with the file and the published format, without a database."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from kindertui.portal.bundle.format import (
    PROBLEMS,
    PUBLISHED_BEFORE,
    RECORDS,
    SCHEMAS,
    BundleProblem,
    BundleRefused,
    schema_bytes,
)
from kindertui.portal.bundle.reader import BROKEN, OpenBundle, open_bundle
from kindertui.portal.bundle.rules import record_of
from kindertui.portal.bundle.strict import NotTaken

Progress = Callable[[int, int], None]


class CheckReport(Struct, frozen=True):
    """What a check found. `counts` is by type of record, `delete` for retractions; `more`: problems not listed."""

    ok: bool
    problems: tuple[BundleProblem, ...]
    counts: Mapping[str, int]
    more: int = 0


def check(path: Path, *, progress: Progress | None = None) -> CheckReport:
    """Checks a bundle: whole, untouched, every record right, nothing that may not leave. Never raises for a file."""
    try:
        with open_bundle(path) as bundle:
            found = _Found()
            found.add(*bundle.differs(), *_schemas(bundle))
            if RECORDS in bundle.names:
                _records(bundle, found, progress)
    except BundleRefused as refused:
        return CheckReport(False, refused.problems, {})
    return CheckReport(not found.problems, tuple(found.problems), dict(found.counts), found.more)


class _Found:
    def __init__(self) -> None:
        self.problems: list[BundleProblem] = []
        self.counts: Counter[str] = Counter()
        self.more = 0

    def add(self, *problems: BundleProblem) -> None:
        room = max(0, PROBLEMS - len(self.problems))
        self.problems += problems[:room]
        self.more += len(problems[room:])


def _schemas(bundle: OpenBundle) -> tuple[BundleProblem, ...]:
    """A schema that comes along must be the published one: it must not be used to explain anything away."""
    found = []
    for name in SCHEMAS:
        listed: Mapping[str, Any] = bundle.manifest["files"].get(f"schema/{name}", {})
        published = {hashlib.sha256(schema_bytes(name)).hexdigest(), *PUBLISHED_BEFORE}
        if listed and listed["sha256"] not in published:
            found.append(BundleProblem(f"schema/{name}", None, "schema_changed"))
    return tuple(found)


def _records(bundle: OpenBundle, found: _Found, progress: Progress | None) -> None:
    total = int(bundle.manifest["files"].get(RECORDS, {}).get("count", 0))
    keys: set[bytes] = set()
    try:
        for number, raw in bundle.lines(RECORDS):
            try:
                _record(bundle.manifest, raw, keys, found.counts)
            except NotTaken as problem:
                found.add(BundleProblem(RECORDS, number, problem.rule, problem.args_))
            if progress is not None:
                progress(number, max(total, number))
    except BROKEN:
        found.add(BundleProblem(RECORDS, None, "file_changed"))


def _record(manifest: Mapping[str, Any], raw: bytes, keys: set[bytes], counts: Counter[str]) -> None:
    record = record_of(raw)
    counts[record["type"] if record["op"] == "upsert" else "delete"] += 1
    # eight bytes of a digest instead of the key: a million records are checked in bounded memory
    key = hashlib.blake2b(f"{record['id']}:{record['rev']}".encode(), digest_size=8).digest()
    if key in keys:
        raise NotTaken("key_twice")
    keys.add(key)
    check_manifest(manifest, record)


def check_manifest(manifest: Mapping[str, Any], record: Mapping[str, Any]) -> None:
    """Raises NotTaken for what a record says against its own manifest.

    That is another location, or something the profile keeps in the house.
    """
    if record["location_id"] != manifest["location"]["id"]:
        raise NotTaken("other_location")
    if (record["type"] == "receipt") != (manifest["kind"] == "receipts"):
        raise NotTaken("type_not_taken", type=record["type"])
    if record["type"] == "receipt":
        return
    if record["sensitivity"] not in manifest["may_leave"].get(record["share"], ()):
        raise NotTaken("may_not_leave", share=record["share"], sensitivity=record["sensitivity"])
    if record["op"] == "upsert" and manifest["audience"].get(record.get("child_id"), (None,)) == []:
        raise NotTaken("nobody_in_audience")
