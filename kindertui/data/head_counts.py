"""Writing head counts: both counts of one group are one record, and one act. Until then a count is a draft.

The draft is of the group's day and of nobody: whoever opens the count goes on with it, and on another day it is gone.
"""

import json
from collections.abc import Sequence

from kindertui.data import drafts, models
from kindertui.data.act import Tx
from kindertui.data.queries import head_counts
from kindertui.data.queries.head_counts import GOING_ON, OWNER, place_of
from kindertui.domain.head_counts import Counting, FirstCount, HeadCount


def keep_counting(tx: Tx, counting: Counting) -> None:
    """Keeps a count that goes on; one in which nothing was done is dropped, and so are those of other days.

    Raises Refused as `keep_count`.
    """
    today = place_of(counting.day, None)
    for place in drafts.places(tx.connection, OWNER, GOING_ON):
        if not place.startswith(today):
            drafts.keep(tx, place, "", OWNER)
    with models.refused_texts():
        drafts.keep(tx, place_of(counting.day, counting.group_id), _text(counting) if counting.begun else "", OWNER)


def _text(counting: Counting) -> str:
    # ids once, then their places in that list: a draft holds so much and no more
    first = counting.first
    at = {id: place for place, id in enumerate(counting.expected)}
    return json.dumps(
        {
            "reason": counting.reason,
            "expected": counting.expected,
            "ticked": [at[id] for id in counting.ticked],
            "since": int(counting.since.timestamp()),
            "first": None if first is None else [[at[id] for id in first.found], int(first.at.timestamp())],
        }
    )


def keep_count(tx: Tx, first: FirstCount, second: Sequence[str]) -> HeadCount:
    """Keeps a first count and, as of now, whom the second one found (child ids); it goes on no more.

    Raises Refused `text_too_long` or `text_not_unicode` for the reason; ValueError where nobody was to be counted or
    somebody was found who was not.
    """
    expected = set(first.expected)
    if not expected or not {*first.found, *second} <= expected:
        raise ValueError("a count is of those who should be there")
    with models.refused_texts():
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
    drafts.keep(tx, place_of(first.day, first.group_id), "", OWNER)
    kept = head_counts.count(tx.connection, record.id, tx.zone)
    assert kept is not None
    return kept
