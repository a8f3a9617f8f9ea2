"""One entry of the day log as it is written: a step of a plan, for one child."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from kindertui.data import models
from kindertui.data.act import Tx
from kindertui.data.queries import instant, some_instant
from kindertui.domain.daylog import SENSITIVITY, STAFF_ONLY, UNITS, Entry
from kindertui.domain.due import check_late_by
from kindertui.domain.entry import Step
from kindertui.domain.policy import Policy
from kindertui.domain.roster import ChildDay


def write_step(
    tx: Tx, step: Step, child_day: ChildDay, zone: ZoneInfo, policy: Policy, made: dict[str, Entry]
) -> list[str]:
    """Writes a step for one child: the ids of what was added and changed; `made` holds what stands as it was added."""
    now = tx.now.astimezone(zone).replace(second=0, microsecond=0)
    sleeping = child_day.asleep
    if step.ends_open:
        if sleeping is None:
            return []  # `check` found it: the act will be refused whole
        text = {"text": step.text} if step.text else {}
        return [_change(tx, sleeping.id, made, end=int((step.end or now).timestamp()), **text)]
    if changes := step.corrects.get(child_day.child.id):
        return [_change_meal(tx, changes, step, made)]
    written = []
    if step.kind == "departure" and sleeping is not None:
        written.append(_change(tx, sleeping.id, made, end=int((step.start or now).timestamp())))  # who leaves is awake
    record = tx.add(
        models.Entry,
        child_id=child_day.child.id,
        group_id=child_day.child.group_id,
        day=child_day.day.isoformat(),
        kind=step.kind,
        start=int((step.start or now).timestamp()),
        end=int(step.end.timestamp()) if step.end else None,
        tz=str(zone),
        amount=step.amount,
        unit=step.unit or (UNITS.get(step.kind) if step.amount is not None else None),
        detail=detail_of(step, child_day, step.start or now, policy),
        text=step.text,
        by_id=tx.actor.staff_id,
        recorded_at=tx.at,
        **leaving(step),
    )
    made[record.id] = _entry(record, child_day.day, tx.actor.name, zone)
    return [*written, record.id]


def _entry(record: "models.Entry", day: date, by: str, zone: ZoneInfo) -> Entry:
    """A record that was just added, as a reading of it would give it."""
    return Entry(
        record.id, record.rev, record.child_id, day, record.kind, instant(record.start, zone),  # type: ignore[arg-type]
        some_instant(record.end, zone), record.amount, record.unit, record.detail, record.text, by, record.by_id,
        some_instant(record.recorded_at, zone), record.share, record.sensitivity, record.group_id,  # type: ignore[arg-type]
    )  # fmt: skip


def _change(tx: Tx, entry_id: str, made: dict[str, Entry], **values: Any) -> str:
    """Changes an entry, and forgets what an earlier part of the line may have made of it."""
    record = tx.get(models.Entry, entry_id)
    assert record is not None  # found in this transaction
    tx.change(record, **values)
    made.pop(entry_id, None)
    return entry_id


def _change_meal(tx: Tx, entry_id: str, step: Step, made: dict[str, Entry]) -> str:
    """A meal that the menu wrote becomes what the line says of it."""
    assert step.start is not None  # of an entry that stands
    return _change(
        tx,
        entry_id,
        made,
        start=int(step.start.timestamp()),
        end=int(step.end.timestamp()) if step.end else None,
        amount=step.amount,
        unit=step.unit or (UNITS.get(step.kind) if step.amount is not None else None),
        detail=dict(step.detail),
        text=step.text,
    )


def detail_of(
    step: Step, child_day: ChildDay, at: datetime, policy: Policy, *, replacing: Entry | None = None
) -> dict[str, Any]:
    """What the line said; and of a sleep check how late it was, in minutes, by what the database holds now.

    A check whose time is not corrected stays as late as it was, whatever was written since.
    """
    detail = {name: value for name, value in step.detail.items() if name != "late"}
    if replacing is not None and replacing.kind == step.kind and replacing.detail.get("menu"):
        detail["menu"] = True  # corrected, it still is the meal that the menu was about
    if step.kind != "sleep_check":
        return detail
    if replacing is not None and replacing.kind == step.kind and replacing.start.timestamp() == at.timestamp():
        late = replacing.detail.get("late", 0)
    else:
        late = check_late_by(at, child_day, policy, replacing=replacing.id if replacing else None)
    return {**detail, "late": late} if late else detail


def leaving(step: Step) -> dict[str, str]:
    return {
        "share": "staff_only" if step.kind in STAFF_ONLY else "guardians",
        "sensitivity": SENSITIVITY.get(step.kind, "none"),
    }
