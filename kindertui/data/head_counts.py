"""Writing head counts: both counts of one group are one record, and one act."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from kindertui.data.queries import head_counts, location
from kindertui.data.store import Tx
from kindertui.data.texts import refused_texts
from kindertui.domain.head_count import FirstCount, HeadCount


def keep_count(tx: Tx, first: FirstCount, second: Sequence[str]) -> HeadCount:
    """Keeps a first count and, as of now, whom the second one found (child ids).

    Raises Refused `text_too_long` or `text_not_unicode` for the reason; ValueError where nobody was to be counted or
    somebody was found who was not.
    """
    from kindertui.data import models

    expected = set(first.expected)
    if not expected or not {*first.found, *second} <= expected:
        raise ValueError("a count is of those who should be there")
    with refused_texts():
        record = tx.add(
            models.HeadCount,
            day=first.day.isoformat(),
            group_id=first.group_id,
            reason=first.reason,
            expected=list(first.expected),
            first=list(first.found),
            second=[one for one in first.expected if one in second],
            first_at=int(first.at.timestamp()),
            second_at=tx.at,
            by_id=tx.actor.staff_id,
        )
    kept = head_counts.count(tx.connection, record.id, ZoneInfo(location(tx.connection).timezone))
    assert kept is not None
    return kept
