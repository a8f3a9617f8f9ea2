"""What the tests of export and intake share: a location with its portal, and small acts in it."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from kindertui.data.act import Actor, Tx
from kindertui.data.store import Store
from kindertui.domain.policy import Policy
from kindertui.portal.bundle import ExportReport, export
from kindertui.portal.intake import IntakeReport, intake
from tests.conftest import People

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


class Portal:
    """Ina at the keyboard of a location with a profile; bundles go to `out`."""

    def __init__(self, store: Store, ina: Actor, people: People, policy: Policy, folder: Path) -> None:
        self.store, self.ina, self.people, self.policy, self.folder = store, ina, people, policy, folder
        self.reader, self.children, self.out = store.reader, people.children, folder / "out"

    def call(self, act: Callable[..., Any], *args: Any, **values: Any) -> Any:
        return self.store.call(act, self.ina, *args, **values)

    def log(self, child: str, kind: str, clock: str, **values: Any) -> str:
        """One entry of a child at a time of the ordinary day; gives back its id."""
        return str(self.call(log, self.children[child], kind, at(clock, days=values.pop("days", 0)), **values))

    def export(self, **options: Any) -> ExportReport:
        return export(self.store, self.ina, self.policy, self.out, **options)

    def intake(self, *files: Path) -> IntakeReport:
        return intake(self.store, self.ina, self.policy, files)

    def file(self, *lines: Line | bytes, name: str = "in.jsonl") -> Path:
        """A file of these lines as a portal gives them."""
        raw = [line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode() for line in lines]
        path = self.folder / name
        path.write_bytes(b"\n".join(raw) + b"\n")
        return path

    def rows(self, table: str) -> list[tuple[Any, ...]]:
        return self.reader.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()  # type: ignore[no-any-return]


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
