"""Answers a bundle as its receiver would: one receipt for each record, as a bundle of receipts.

The receiver's memory is what it answered before: the bundles of receipts in the same folder.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from uuid_utils import uuid7

from kindertui.domain.incoming import ReceiptResult
from kindertui.portal.bundle.check import check_manifest
from kindertui.portal.bundle.files import Unfinished
from kindertui.portal.bundle.format import RECORDS, SPEC, BundleRefused, digest, refusal
from kindertui.portal.bundle.reader import OpenBundle, open_bundle, whole_file
from kindertui.portal.bundle.rules import check_record, zone_of
from kindertui.portal.bundle.strict import NotTaken, read_object

Known = dict[tuple[str, int], str]  # the digests of the keys that were accepted


def receive(path: Path, out: Path) -> Path:
    """Answers every record of a bundle: accepted, duplicate, refused (with the rule it breaks), or superseded.

    Gives back the path of the bundle of receipts, written to `out` as every bundle is. Raises BundleRefused for a
    file that is damaged, was tampered with, or holds lines that name no record to answer; Refused as `Unfinished`.
    """
    with open_bundle(path) as bundle:
        if problems := bundle.differs():
            raise BundleRefused(*problems)
        if bundle.manifest["kind"] != "records" or RECORDS not in bundle.names:
            raise refusal(path.name, "type_not_taken", type=str(bundle.manifest["kind"]))
        if zone_of(bundle.manifest["location"]["timezone"]) is None:
            raise refusal(path.name, "zone_unknown")
        now = datetime.now(UTC)
        location = bundle.manifest["location"]["id"]
        known, seq, before = _answered(out, location)
        name = f"{location[:8]}_{now:%Y%m%dT%H%M%SZ}_{seq + 1}_receipts.zip"
        with Unfinished(out, name) as unfinished:
            unfinished.add(RECORDS, _receipts(bundle, known, now))
            unfinished.close(
                {
                    "spec": SPEC,
                    "kind": "receipts",
                    "location": bundle.manifest["location"],
                    "profile": bundle.manifest["profile"],
                    "language": bundle.manifest["language"],
                    "created_at": _stamp(now, bundle),
                    "seq": seq + 1,
                    "before": before,
                    "answers": {"seq": bundle.manifest["seq"], "sha256": _sha256(path)},
                }
            )
            unfinished.finish()
    return unfinished.path


def _receipts(bundle: OpenBundle, known: Known, now: datetime) -> Iterator[bytes]:
    newest: dict[str, int] = {}
    for id, rev in known:
        newest[id] = max(rev, newest.get(id, 0))
    stamp = _stamp(now, bundle)
    for number, raw in bundle.lines(RECORDS):
        id, rev, result, reason = _answer(bundle.manifest, number, raw, known, newest)
        receipt = {
            "spec": SPEC, "id": str(uuid7()), "rev": 1, "op": "upsert", "type": "receipt",
            "location_id": bundle.manifest["location"]["id"], "day": stamp[:10],
            "tz": bundle.manifest["location"]["timezone"], "recorded_at": stamp, "share": "staff_only",
            "sensitivity": "none",
            "data": {
                "record_id": id, "record_rev": rev, "digest": digest(raw), "result": result, "reason": reason or None,
            },
        }  # fmt: skip
        yield json.dumps(receipt, separators=(",", ":")).encode() + b"\n"


def _answer(
    manifest: Mapping[str, Any], number: int, raw: bytes, known: Known, newest: dict[str, int]
) -> tuple[str, int, ReceiptResult, str]:
    try:
        record = read_object(raw)
    except NotTaken as problem:
        raise refusal(RECORDS, problem.rule, number, **problem.args_) from None
    id, rev = record.get("id"), record.get("rev")
    if not _is_id(id) or not isinstance(rev, int) or isinstance(rev, bool) or rev < 1:
        raise refusal(RECORDS, "record_invalid", number, where="id")
    assert isinstance(id, str)
    try:
        check_record(record)
        check_manifest(manifest, record)
    except NotTaken as problem:
        return id, rev, "refused", problem.rule
    if (earlier := known.get((id, rev))) is not None:
        return (id, rev, "duplicate", "") if earlier == digest(raw) else (id, rev, "refused", "same_key_other_content")
    if rev < newest.get(id, 0):
        return id, rev, "superseded", ""
    known[(id, rev)] = digest(raw)
    newest[id] = rev
    return id, rev, "accepted", ""


def _answered(out: Path, location: str) -> tuple[Known, int, str | None]:
    """What was accepted before for this location, the last bundle of receipts' number and its SHA-256."""
    known: Known = {}
    last, before = 0, None
    for path in sorted(out.glob(f"{location[:8]}_*_receipts.zip")):
        with open_bundle(path) as bundle:
            if bundle.manifest["location"]["id"] != location or bundle.manifest["kind"] != "receipts":
                continue
            if problems := bundle.differs():
                raise BundleRefused(*problems)
            if bundle.manifest["seq"] > last:
                last, before = bundle.manifest["seq"], _sha256(path)
            for _number, raw in bundle.lines(RECORDS):
                data = read_object(raw)["data"]
                if data["result"] == "accepted":
                    known[(data["record_id"], data["record_rev"])] = data["digest"]
    return known, last, before


def _is_id(value: Any) -> bool:
    try:
        return isinstance(value, str) and str(UUID(value)) == value
    except ValueError:
        return False


def _stamp(now: datetime, bundle: OpenBundle) -> str:
    return now.astimezone(ZoneInfo(bundle.manifest["location"]["timezone"])).isoformat(timespec="seconds")


def _sha256(path: Path) -> str:
    with whole_file(path) as file:
        return hashlib.file_digest(file.stream, "sha256").hexdigest()
