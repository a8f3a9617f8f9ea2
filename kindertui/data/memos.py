"""Writing memos: of a child or of a group, until a day. Everybody on the staff may change every one."""

from datetime import date

from kindertui.data import models, queries
from kindertui.data.act import Tx
from kindertui.data.queries import history
from kindertui.data.queries import memos as read
from kindertui.domain.entry import MemoNote, fold
from kindertui.domain.faults import Refused
from kindertui.domain.memos import LONGEST, Memo
from kindertui.domain.twice import minded_twice


def keep_note(tx: Tx, note: MemoNote, group_id: str | None) -> list[Memo]:
    """The memos of a typed line: one for each of its children, or one of the group it names, else of `group_id`.

    Raises as `add_memo`.
    """
    if not note.of_group:
        return [add_memo(tx, child_id=child_id, text=note.text, until=note.until) for child_id in note.children]
    if note.group:
        named = (one.id for one in queries.groups(tx.connection) if fold(one.name) == fold(note.group))
        group_id = next(named, group_id)
    return [add_memo(tx, group_id=group_id, text=note.text, until=note.until)]


def add_memo(tx: Tx, *, child_id: str | None = None, group_id: str | None = None, text: str, until: date) -> Memo:
    """A memo of a child, or without one of a group (None: of all groups), from today on.

    Raises Refused `child_unknown`, `memo_missing`, `memo_over`, `memo_far`, `memo_twice`, `text_too_long` or
    `text_not_unicode`.
    """
    if child_id is not None and queries.child(tx.connection, child_id) is None:
        raise Refused("child_unknown", child_id)
    today = tx.local_now.date()
    _judge(text, until, today, child_id)
    if child_id is not None:
        standing = read.of_children(tx.connection, (child_id,), today)
    else:
        standing = read.of_groups(tx.connection, group_id, today)
    new = Memo("", 0, child_id, group_id if child_id is None else None, today, until, text)
    if any(minded_twice(new, one) for one in standing):
        raise Refused("memo_twice", child_id or "")
    with models.refused_texts(child_id or ""):
        record = tx.add(
            models.Memo,
            child_id=child_id,
            group_id=new.group_id,
            first_day=today.isoformat(),
            until=until.isoformat(),
            text=text,
            by_id=tx.actor.staff_id,
        )
    return _one(tx, record.id)


def change_memo(tx: Tx, shown: Memo, *, text: str, until: date) -> Memo:
    """Another text or another last day. Raises as `add_memo`, and `changed_meanwhile`."""
    record = _as_shown(tx, shown)
    _judge(text, until, tx.local_now.date(), shown.child_id)
    with models.refused_texts(shown.child_id or ""):
        tx.change(record, text=text, until=until.isoformat())
    return _one(tx, shown.id)


def remove_memo(tx: Tx, shown: Memo) -> Memo:
    """Takes a memo away before its day (marks it; undo brings it back). Raises Refused `changed_meanwhile`."""
    tx.change(_as_shown(tx, shown), deleted=True)
    return shown


def _judge(text: str, until: date, today: date, child_id: str | None) -> None:
    if not text.strip():
        raise Refused("memo_missing", child_id or "")
    if until < today:
        raise Refused("memo_over", child_id or "")
    if (until - today).days > LONGEST:
        raise Refused("memo_far", child_id or "")


def _one(tx: Tx, id: str) -> Memo:
    found = read.memo(tx.connection, id)
    assert found is not None  # written in this transaction
    return found


def _as_shown(tx: Tx, shown: Memo) -> "models.Memo":
    record = tx.get(models.Memo, shown.id)
    if record is None or read.memo(tx.connection, shown.id) != shown:
        last = history.of_record(tx.connection, shown.id, tx.zone)[-1]
        raise Refused("changed_meanwhile", shown.child_id or "", by=last.by, at=f"{last.at:%H:%M}")
    return record
