"""What an examination of an installation finds, judged by pure rules; phrases/doctor.py has the sentences."""

from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from kindertui.domain.clock import doubt

State = Literal["ok", "note", "wrong"]

_OLD = timedelta(hours=48)


class Finding(Struct, frozen=True):
    """One line. A `note` is worth knowing; what is `wrong` is to be mended. `args` are the sentence's."""

    rule: str
    state: State
    args: dict[str, str] = {}


def clock(now: datetime, last: datetime | None) -> Finding:
    """Judges the clock by the time of the last journal row, if there is one; both aware, in the location's zone."""
    found = doubt(now, last)
    args = {"now": f"{now:%Y-%m-%d %H:%M}"} | ({"last": f"{last:%Y-%m-%d %H:%M}"} if last else {})
    return Finding(found or "clock", "note" if found == "clock_ahead" else "wrong" if found else "ok", args)


def disk(encrypted: bool | None) -> Finding:
    """`encrypted` is what the system says; None where it does not say."""
    if encrypted is None:
        return Finding("disk_unknown", "note")
    return Finding("disk_encrypted", "ok") if encrypted else Finding("disk_plain", "note")


def backup(now: datetime, made_at: datetime | None, problem: str = "") -> Finding:
    """Judges the newest backup, which was opened just now: `problem` is what was found, as a sentence."""
    if problem:
        return Finding("backup_broken", "wrong", {"sentence": problem})
    if made_at is None:
        return Finding("backup_none", "note")
    when = {"when": f"{made_at:%Y-%m-%d %H:%M}"}
    return Finding("backup_old", "note", when) if now - made_at > _OLD else Finding("backup", "ok", when)


def way_in(way: str | None, *, own_recovery: bool) -> list[Finding]:
    """What opens the location every day (`keyring`, `file` or None for nothing), and when that is lost."""
    daily = {"keyring": Finding("way_keyring", "ok"), "file": Finding("way_file", "note")}
    return [
        daily.get(way or "", Finding("way_none", "wrong")),
        Finding("recovery_own", "ok") if own_recovery else Finding("recovery_sheet", "note"),
    ]
