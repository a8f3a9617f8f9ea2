"""What the entry line reads besides the roster: short words, menus, what was written before and how often."""

from collections import Counter
from collections.abc import Container
from datetime import date, timedelta
from typing import Any

from kindertui.data.connection import Connection
from kindertui.data.queries import KEPT, marks
from kindertui.domain.daylog import SENSITIVITY, Kind
from kindertui.domain.entry.model import OtherChild, Recall, Usage, text_key
from kindertui.domain.entry.words import MEAL_VERBS, VERB_KIND
from kindertui.domain.menu import Menu
from kindertui.domain.short_words import ShortWord

_BACK = 14  # days back that a text is worth typing again (house rule)
_SEEN = 28  # days that use is counted over (house rule)
_MOST = 40  # texts of one kind that are offered
# What was written of one child never comes back on another's by itself: health, and who brought or fetched.
_OWN: frozenset[Kind] = frozenset({*SENSITIVITY, "arrival", "departure"})
# Words about the day and not about a child: offered from the first time on, others from the second.
_COMMON: frozenset[Kind] = frozenset({"meal", "bottle", "drink", "activity"})
_VERB: dict[str, str] = {kind: verb for verb, kind in reversed(tuple(VERB_KIND.items())) if verb not in MEAL_VERBS}
# What belongs to a kind's name: see `text_key`.
_PART = "iif(e.detail ->> 'none', 'none', e.detail ->> 'meal')"


_GONE = 365  # days that the name of a child who left is known (house rule)


def other_children(db: Connection, day: date, here: Container[str]) -> tuple[OtherChild, ...]:
    """The children of the location on `day` that are not among the ids `here`; who left within a year, who is to come."""
    rows = db.execute(
        "SELECT c.id, c.given_name, c.surname, c.prefix, coalesce(g.name, ''), c.last_day, c.first_day"
        " FROM child c LEFT JOIN care_group g ON g.id = c.group_id AND NOT g.deleted"
        " WHERE NOT c.deleted AND (c.last_day IS NULL OR c.last_day >= ?)",
        ((day - timedelta(_GONE)).isoformat(),),
    )
    return tuple(_other_child(row, day) for row in rows if row[0] not in here)


def _other_child(row: tuple[Any, ...], day: date) -> OtherChild:
    child_id, given_name, surname, prefix, group, last, first = row
    last_day = date.fromisoformat(last) if last and date.fromisoformat(last) < day else None
    first_day = date.fromisoformat(first) if first and date.fromisoformat(first) > day else None
    return OtherChild(child_id, given_name, surname, prefix, group, last_day, first_day)


def short_words(db: Connection) -> tuple[ShortWord, ...]:
    """Every short word, by word."""
    rows = db.execute("SELECT id, word, text FROM expansion WHERE NOT deleted ORDER BY word COLLATE NOCASE, id")
    return tuple(ShortWord(*row) for row in rows)


def menus(db: Connection, day: date) -> tuple[Menu, ...]:
    """What is known of the meals of a day, of all groups."""
    rows = db.execute(
        "SELECT group_id, meal, text FROM menu WHERE day = ? AND NOT deleted ORDER BY id", (day.isoformat(),)
    )
    return tuple(Menu(day, *row) for row in rows)


def ate_by(db: Connection, child_id: str, day: date) -> bool:
    """Whether a meal of this child is written, of that day or any before it."""
    sql = "SELECT 1 FROM entry WHERE child_id = ? AND day <= ? AND kind = 'meal' AND NOT deleted LIMIT 1"
    return db.execute(sql, (child_id, day.isoformat())).fetchone() is not None


def recall(db: Connection, child_ids: tuple[str, ...], day: date) -> Recall:
    """The texts that `&` brings back on `day` for these children.

    What was kept from parents is not among them: it would come back in a text that they read. `last`: of the whole
    location, the last one written on that day, else within the 14 days before; nothing that was marked as health, and
    not who brought or fetched a child. `yesterday`: of each child's own last day here before, so
    long back at most. `sibling`: of children with a guardian in common, on that day.
    """
    return Recall(_last(db, day), _yesterday(db, child_ids, day), _sibling(db, child_ids, day))


def _last(db: Connection, day: date) -> dict[str, str]:
    own = tuple(sorted(_OWN))
    rows = db.execute(
        f"SELECT e.kind, {_PART}, e.text, max(e.day || e.id) FROM entry e WHERE e.day BETWEEN ? AND ? AND NOT e.deleted"  # noqa: S608
        f" AND e.text <> '' AND e.sensitivity = 'none' AND e.kind NOT IN ({marks(own)}) AND NOT {KEPT}"
        " GROUP BY 1, 2 ORDER BY 4",
        ((day - timedelta(_BACK)).isoformat(), day.isoformat(), *own),
    )
    return {text_key(kind, part): text for kind, part, text, _ in rows}


def _yesterday(db: Connection, child_ids: tuple[str, ...], day: date) -> dict[tuple[str, str], str]:
    rows = db.execute(
        # a note may be written of a child who was not there: it makes no day of hers
        "WITH before(child_id, day) AS (SELECT e.child_id, max(e.day) FROM entry e"  # noqa: S608 - marks
        f" WHERE e.child_id IN ({marks(child_ids)}) AND e.day BETWEEN ? AND ? AND e.kind <> 'note' AND NOT e.deleted"
        f" GROUP BY e.child_id) SELECT e.child_id, e.kind, {_PART}, e.text FROM before b JOIN entry e"
        f" ON e.child_id = b.child_id AND e.day = b.day WHERE NOT e.deleted AND e.text <> '' AND NOT {KEPT}"
        " ORDER BY e.start, e.id",
        (*child_ids, (day - timedelta(_BACK)).isoformat(), (day - timedelta(1)).isoformat()),
    )
    return {(child_id, text_key(kind, part)): text for child_id, kind, part, text in rows}


def _sibling(db: Connection, child_ids: tuple[str, ...], day: date) -> dict[tuple[str, str], str]:
    health = tuple(sorted(SENSITIVITY))
    rows = db.execute(
        f"SELECT DISTINCT mine.child_id, e.kind, {_PART}, e.text, e.start, e.id FROM guardianship mine"  # noqa: S608 - marks
        " JOIN guardianship theirs ON theirs.guardian_id = mine.guardian_id AND theirs.child_id <> mine.child_id"
        " JOIN entry e ON e.child_id = theirs.child_id AND e.day = ?"
        f" WHERE mine.child_id IN ({marks(child_ids)}) AND NOT mine.deleted AND NOT theirs.deleted AND NOT e.deleted"
        f" AND e.text <> '' AND e.sensitivity = 'none' AND e.kind NOT IN ({marks(health)}) AND NOT {KEPT}"
        " ORDER BY e.start, e.id",
        (day.isoformat(), *child_ids, *health),
    )
    return {(child_id, text_key(kind, part)): text for child_id, kind, part, text, _, _ in rows}


def usage(db: Connection, child_ids: tuple[str, ...], day: date) -> Usage:
    """How often verbs and texts were used for these children in the 28 days up to `day`, to rank what Tab offers.

    No text that is marked as health or kept from parents; one that may be about a child alone (a note, who fetched) only from its second
    use on.
    """
    rows = db.execute(
        f"SELECT e.child_id, e.kind, {_PART}, iif({KEPT}, '', e.text), e.sensitivity, e.\"end\" IS NOT NULL, count(*)"  # noqa: S608
        f" FROM entry e WHERE e.child_id IN ({marks(child_ids)}) AND e.day BETWEEN ? AND ? AND NOT e.deleted"
        " GROUP BY 1, 2, 3, 4, 5, 6",
        (*child_ids, (day - timedelta(_SEEN - 1)).isoformat(), day.isoformat()),
    )
    verbs: Counter[str] = Counter()
    children: Counter[str] = Counter()
    texts: dict[str, Counter[str]] = {}
    common: dict[str, bool] = {}
    for child_id, kind, part, text, sensitivity, ended, count in rows:
        verbs[part if part in MEAL_VERBS else _VERB[kind]] += count
        if kind == "sleep" and ended and part != "none":
            verbs["woke"] += count
        children[child_id] += count
        if text and sensitivity == "none" and kind not in SENSITIVITY:
            key = text_key(kind, part)
            texts.setdefault(key, Counter())[text] += count
            common[key] = kind in _COMMON
    offered = {
        key: tuple((text, count) for text, count in of_kind.most_common(_MOST) if common[key] or count > 1)
        for key, of_kind in texts.items()
    }
    return Usage(verbs, children, {key: of_kind for key, of_kind in offered.items() if of_kind}, {})
