"""Messages: threads with what is unread, who a message would reach, and what the guard finds in it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from kindertui.data.clock import utc_now
from kindertui.data.connection import Connection
from kindertui.data.queries import (
    child,
    children,
    groups,
    guardianships,
    location,
    marks,
    restrictions,
    some_instant,
    values,
)  # fmt: skip
from kindertui.domain.audience import audience
from kindertui.domain.guard import GuardFinding, check_text
from kindertui.domain.messages import AudienceKind, Message, Recipient, Thread
from kindertui.domain.people import Child
from kindertui.domain.policy import Policy

_MESSAGE = (
    "m.id, m.rev, m.thread_id, m.direction, m.audience, m.audience_id, m.subject, m.body, m.state,"
    " coalesce(s.name, m.sender), m.at, m.language"
)
_MESSAGES = f"SELECT {_MESSAGE} FROM message m LEFT JOIN staff s ON s.id = m.by_id"  # noqa: S608 - constant columns
_SHOWN = timedelta(days=90)  # how far back the list of threads goes; what waits is shown however old it is
_TITLE_LENGTH = 80


def message(db: Connection, message_id: str, zone: ZoneInfo) -> Message | None:
    """One message by id, unless it was taken away."""
    rows = db.execute(f"{_MESSAGES} WHERE m.id = ? AND NOT m.deleted", (message_id,))
    return next(iter(values(Message, rows, zone)), None)


def thread(db: Connection, thread_id: str, zone: ZoneInfo) -> Thread | None:
    """A thread with its messages, oldest first; None where there are none."""
    return next(iter(_threads(db, (thread_id,), zone)), None)


def threads(db: Connection, zone: ZoneInfo, *, since: datetime | None = None) -> tuple[Thread, ...]:
    """The threads with anything newer than `since` (aware; by default 90 days) or unread or parked, latest first."""
    seconds = int((since or utc_now() - _SHOWN).timestamp())
    # no DISTINCT: it would walk along the index of all threads
    rows = db.execute(
        "SELECT thread_id FROM message WHERE (at >= ? OR state = 'unread' OR state = 'parked') AND NOT deleted",
        (seconds,),
    )
    found = _threads(db, tuple({row[0] for row in rows}), zone)
    return tuple(sorted(found, key=lambda one: (one.last_at, one.id), reverse=True))


def unread(db: Connection, zone: ZoneInfo) -> tuple[int, datetime | None]:
    """How many messages nobody has read, and when the oldest of them came."""
    count, oldest = db.execute(
        "SELECT count(*), min(at) FROM message WHERE state = 'unread' AND NOT deleted"
    ).fetchone()
    return int(count), some_instant(oldest, zone)


def recipients(db: Connection, message_id: str) -> tuple[Recipient, ...]:
    """Who a message was for when it was queued, and who was held back then."""
    language = location(db).language
    rows = db.execute(
        "SELECT t.guardian_id, g.name, t.child_id, c.given_name, c.prefix, c.surname, g.language, t.held_back"
        " FROM message_to t JOIN guardian g ON g.id = t.guardian_id JOIN child c ON c.id = t.child_id"
        " WHERE t.message_id = ? AND NOT t.deleted ORDER BY t.id",
        (message_id,),
    )
    return tuple(
        Recipient(row[0], row[1], row[2], " ".join(part for part in row[3:6] if part), row[6] or language, row[7])
        for row in rows
    )


def audience_children(db: Connection, kind: AudienceKind, id: str, day: date) -> tuple[Child, ...]:
    """The children a message is about: one, those placed in a group on `day`, or all placed then; () for none such."""
    if kind == "child":
        found = child(db, id)
        return (found,) if found else ()
    if kind == "group":
        return children(db, id, on=day)
    return children(db, on=day) if id == location(db).id else ()


def audience_of(
    db: Connection, kind: AudienceKind, id: str, policy: Policy, language: str, *, day: date | None = None
) -> tuple[Recipient, ...]:
    """Who a message would reach now, who would be held back and why; () where there is no such child or group.

    `language` is the location's, for guardians who have none of their own; `day` is today at the location by default.
    """
    whose = audience_children(db, kind, id, day or _today(db))
    if not whose:
        return ()
    ids = tuple(one.id for one in whose)
    return audience(kind, whose, guardianships(db, ids), restrictions(db, ids), policy, language)


def audience_name(db: Connection, kind: AudienceKind, id: str) -> str:
    """What an audience is called: a child's full name, a group's name, the location's; empty for none such."""
    if kind == "child":
        found = child(db, id)
        return found.full_name if found else ""
    if kind == "group":
        return next((one.name for one in groups(db) if one.id == id), "")
    place = location(db)
    return place.name if place.id == id else ""


def findings_of(
    db: Connection, kind: AudienceKind, id: str, subject: str, body: str, policy: Policy, language: str
) -> tuple[GuardFinding, ...]:
    """What the guard finds in a message to this audience; `language` is the one it is written in.

    A message to one child's guardians may name that child, a letter to many may name none.
    """
    every = children(db)
    own = [one.full_name for one in every if kind == "child" and one.id == id]
    names = [name for one in every for name in (one.given_name, one.full_name)]
    return check_text(f"{subject}\n{body}", language, names, policy, own_names=own)


def _today(db: Connection) -> date:
    return utc_now().astimezone(ZoneInfo(location(db).timezone)).date()


def _threads(db: Connection, ids: tuple[str, ...], zone: ZoneInfo) -> list[Thread]:
    rows = db.execute(f"{_MESSAGES} WHERE m.thread_id IN ({marks(ids)}) AND NOT m.deleted ORDER BY m.at, m.id", ids)
    by_thread: dict[str, list[Message]] = {}
    for found in values(Message, rows, zone):
        by_thread.setdefault(found.thread_id, []).append(found)
    names = _names(db, [messages[0] for messages in by_thread.values()])
    return [_thread(messages, names) for messages in by_thread.values()]


def _thread(messages: list[Message], names: dict[str, str]) -> Thread:
    first = messages[0]
    about = names.get(first.audience_id, "")
    sender = next((one.by for one in reversed(messages) if one.direction == "in" and one.by), "")
    return Thread(
        id=first.thread_id,
        subject=next((one.subject for one in messages if one.subject), "") or _beginning(messages),
        title=f"{sender} ({about})" if sender and about else sender or about,
        audience=first.audience,
        audience_id=first.audience_id,
        last_at=messages[-1].at,
        unread=sum(one.state == "unread" for one in messages),
        messages=tuple(messages),
    )


def _beginning(messages: Iterable[Message]) -> str:
    line = next((one.body.strip().partition("\n")[0] for one in messages if one.body.strip()), "")
    return line if len(line) <= _TITLE_LENGTH else line[: _TITLE_LENGTH - 1] + "…"


def _names(db: Connection, messages: Iterable[Message]) -> dict[str, str]:
    """What each audience is called in a list: a child's call name (also of one who left), a group's, the location's."""
    wanted = tuple({one.audience_id for one in messages if one.audience == "child"})
    rows = db.execute(f"SELECT id, given_name FROM child WHERE id IN ({marks(wanted)})", wanted)  # noqa: S608 - marks
    place = location(db)
    return {place.id: place.name, **{one.id: one.name for one in groups(db)}, **dict(rows.fetchall())}
