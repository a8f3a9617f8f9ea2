"""Writing one entry of the day log: the record that a step of a plan makes, or changes, for one child."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kindertui.data import models
from kindertui.data.act import Tx
from kindertui.domain.daylog import OVERRIDDEN, SENSITIVITY, STAFF_ONLY, UNITS, Entry
from kindertui.domain.due import check_late_by
from kindertui.domain.entry import Step
from kindertui.domain.incidents import kept_fields
from kindertui.domain.policy import Policy
from kindertui.domain.roster import ChildDay


def write(tx: Tx, step: Step, child_day: ChildDay, policy: Policy, told_anyway: tuple[str, ...] = ()) -> list[str]:
    """Writes a step for one child: the ids of what was added and changed.

    `told_anyway` are the categories of what the guard found in its text and somebody sends all the same.
    """
    now = tx.local_now.replace(second=0, microsecond=0)
    sleeping = child_day.asleep
    if step.ends_open:
        if sleeping is None:
            return []  # `check` found it: the act will be refused whole
        words = {"text": step.text, "detail": told(sleeping.detail, told_anyway)} if step.text else {}
        return [change_entry(tx, sleeping.id, end=int((step.end or now).timestamp()), **words, **_kept(step))]
    start = step.start or now
    said = {
        **times(step, start),
        "amount": step.amount,
        "unit": step.unit or (UNITS.get(step.kind) if step.amount is not None else None),
        "text": step.text,
    }
    if entry_id := step.corrects.get(child_day.child.id):  # a meal that the menu wrote
        return [change_entry(tx, entry_id, **said, detail=told(step.detail, told_anyway), **_kept(step))]
    written = []
    if step.kind == "departure" and sleeping is not None:
        written.append(change_entry(tx, sleeping.id, end=int(start.timestamp())))  # who leaves is awake
    record = tx.add(
        models.Entry,
        **said,
        child_id=child_day.child.id,
        group_id=child_day.child.group_id,
        day=child_day.day.isoformat(),
        kind=step.kind,
        tz=str(tx.zone),
        detail=told(detail_of(step, child_day, start, policy), told_anyway),
        by_id=tx.actor.staff_id,
        recorded_at=tx.at,
        **leaving(step),
    )
    return [*written, record.id]


def change_entry(tx: Tx, entry_id: str, **values: Any) -> str:
    record = tx.get(models.Entry, entry_id)
    assert record is not None  # found in this transaction
    tx.change(record, **values)
    return entry_id


def times(step: Step, start: datetime) -> dict[str, int | None]:
    return {"start": int(start.timestamp()), "end": int(step.end.timestamp()) if step.end else None}


def detail_of(
    step: Step, child_day: ChildDay, at: datetime, policy: Policy, *, replacing: Entry | None = None
) -> dict[str, Any]:
    """What the line said; and of a sleep check how late it was, in minutes, by what the database holds now.

    A check whose time is not corrected stays as late as it was, whatever was written since.
    """
    detail = {name: value for name, value in step.detail.items() if name != "late"}
    same_kind = replacing is not None and replacing.kind == step.kind
    if replacing is not None and same_kind and replacing.detail.get("menu"):
        detail["menu"] = True  # corrected, it still is the meal that the menu was about
    if step.kind == "incident":
        detail = kept_fields(detail, replacing if same_kind else None)
    if step.for_staff and step.kind in STAFF_ONLY:
        detail["for_staff"] = True
    if step.kind != "sleep_check":
        return detail
    if replacing is not None and same_kind and replacing.start.timestamp() == at.timestamp():
        late = replacing.detail.get("late", 0)
    else:
        late = check_late_by(at, child_day, policy, replacing=replacing.id if replacing else None)
    return {**detail, "late": late} if late else detail


def told(detail: Mapping[str, Any], told_anyway: tuple[str, ...]) -> dict[str, Any]:
    """With what the guard found in the text and somebody sends all the same; who did is in the journal."""
    kept = {name: value for name, value in detail.items() if name != OVERRIDDEN}
    return {**kept, OVERRIDDEN: list(told_anyway)} if told_anyway else kept


def _kept(step: Step) -> dict[str, str]:
    """What a line adds to an entry that stands: it may keep it from parents, and never gives it to them."""
    return {"share": "staff_only"} if step.for_staff else {}


def leaving(step: Step) -> dict[str, str]:
    return {
        "share": "staff_only" if step.for_staff or step.kind in STAFF_ONLY else "guardians",
        "sensitivity": SENSITIVITY.get(step.kind, "none"),
    }
