"""Small acts for the tests of what goes out and comes in."""

import json
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from kindertui.data.act import Tx

ZONE = ZoneInfo("Europe/Amsterdam")
Line = dict[str, Any]


def log(
    tx: Tx, /, child_id: str, kind: str, start: datetime, *, end: datetime | None = None, text: str = "", **values: Any
) -> str:
    """One entry, written as the day log writes it; gives back its id."""
    from kindertui.data import models

    return tx.add(
        models.Entry,
        child_id=child_id,
        day=start.astimezone(ZONE).date().isoformat(),
        kind=kind,
        start=int(start.timestamp()),
        end=None if end is None else int(end.timestamp()),
        tz=ZONE.key,
        text=text,
        by_id=tx.actor.staff_id,
        recorded_at=tx.at,
        **values,
    ).id


def change(tx: Tx, /, entry_id: str, **values: Any) -> None:
    from kindertui.data import models

    record = tx.get(models.Entry, entry_id)
    assert record is not None
    tx.change(record, **values)


def restrict(tx: Tx, /, child_id: str, guardian_id: str | None) -> None:
    from kindertui.data import models

    tx.add(
        models.Restriction,
        child_id=child_id,
        guardian_id=guardian_id,
        kind="contact",
        reason="court order",
        since="2026-01-05",
        author="Marit",
    )


def at(clock: str, *, days: int = 0) -> datetime:
    """That time of an ordinary day in the past (a Thursday), `days` later."""
    hours, minutes = clock.split(":")
    return datetime(2026, 3, 5, int(hours), int(minutes), tzinfo=ZONE) + timedelta(days=days)


def contents(path: Path) -> dict[str, bytes]:
    """Every file of a bundle."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def records(path: Path) -> list[Line]:
    return [json.loads(line) for line in contents(path)["records.jsonl"].splitlines()]


def rewrite(path: Path, target: Path, edit: Callable[[dict[str, bytes]], None], *, honest: bool = False) -> Path:
    """A copy of a bundle after `edit`; `honest` brings the manifest's digests and counts up to date."""
    import hashlib

    files = contents(path)
    edit(files)
    if honest:
        manifest = json.loads(files["manifest.json"])
        for name, body in files.items():
            if name != "manifest.json":
                manifest["files"][name] = {
                    "sha256": hashlib.sha256(body).hexdigest(),
                    "bytes": len(body),
                    "count": body.count(b"\n"),
                }
        files["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return target
