"""Writing messages: what is queued for the portal with who gets it, what came in and what became of it."""

from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from kindertui.data import id_map, models
from kindertui.data.act import Tx, new_id
from kindertui.data.overridden import keep_overridden
from kindertui.data.queries import child, location
from kindertui.data.queries import messages as queries
from kindertui.domain.delivery import HTML
from kindertui.domain.faults import Refused
from kindertui.domain.guard import GuardFinding
from kindertui.domain.ids import by_nature
from kindertui.domain.incoming import IncomingMessage
from kindertui.domain.messages import AudienceKind, Message, Recipient
from kindertui.domain.policy import Policy

Mark = Literal["read", "parked", "answered"]
# Rules of Refused raised here; phrases/messages.py has a sentence for each.
RULES: frozenset[str] = frozenset(
    {
        "message_again", "message_empty", "message_in_future", "message_unknown", "audience_unknown",
        "audience_changed",
        "child_unknown", "nobody_to_reach", "guard_found", "guard_blocked", "thread_unknown",
        "thread_for_others", "not_incoming", "not_sendable", "text_too_long", "text_not_unicode",
    }
)  # fmt: skip
_AN_HOUR = 3600  # seconds in which the same message to the same people is more likely sent twice (house rule)
_CLOCKS_DIFFER = timedelta(minutes=5)  # between this machine and a portal's (house rule)


class NewMessage(Struct, frozen=True):
    """What somebody on the staff wrote and to whom; `thread_id` is the thread it answers, of the same audience."""

    audience: AudienceKind
    audience_id: str
    subject: str
    body: str
    thread_id: str | None = None


def queue(
    tx: Tx,
    new: NewMessage,
    *,
    policy: Policy,
    override: bool = False,
    again: bool = False,
    shown: tuple[Recipient, ...] | None = None,
) -> Message:
    """A message for the portal, with everybody it is for and everybody held back as the database knows them now.

    What came in in the thread it answers counts as answered. `override` sends it in spite of what the guard found,
    which has been shown; what the policy blocks only a manager can. `again` sends what was sent to the same people
    within the hour. `shown` is who stood on the screen as getting it
    or held back: what was confirmed is what goes.

    Raises Refused `message_empty`, `audience_unknown`, `audience_changed`, `nobody_to_reach` (held_back: how many),
    `message_again` (at), `guard_found` (categories, comma separated), `guard_blocked` (categories), `thread_unknown`,
    `thread_for_others`, `not_sendable` (word), `text_too_long` (field).
    """
    audience, audience_id = new.audience, new.audience_id
    place = location(tx.connection)
    whom = audience_id if audience == "child" else ""
    language = policy.log_language or place.language
    if not queries.audience_name(tx.connection, audience, audience_id):
        raise Refused("audience_unknown", whom)
    recipients = queries.audience_of(tx.connection, audience, audience_id, policy, place.language)
    if shown is not None and recipients != shown:
        raise Refused("audience_changed", whom)
    if all(one.held_back for one in recipients):
        raise Refused("nobody_to_reach", whom, held_back=str(len(recipients)))
    if new.thread_id is not None:
        _answer(tx, new.thread_id, audience, audience_id)
    with models.refused_texts(whom):
        record = tx.add(
            models.Message,
            thread_id=new.thread_id or new_id(),
            direction="out",
            audience=audience,
            audience_id=audience_id,
            subject=new.subject,
            body=new.body,
            state="queued",
            by_id=tx.actor.staff_id,
            sender=tx.actor.name,
            at=tx.at,
            language=language,
        )
    if not record.body:
        raise Refused("message_empty", whom)
    if found := HTML.search(record.subject) or HTML.search(record.body):
        raise Refused("not_sendable", whom, word=found.group())
    if not again and (at := _sent_lately(tx, record)) is not None:
        raise Refused("message_again", whom, at=at.isoformat(timespec="minutes"))
    findings = queries.findings_of(tx.connection, audience, audience_id, record.subject, record.body, policy, language)
    _answer_guard(tx, findings, whom, override=override)
    keep_overridden(tx, record.id, dict.fromkeys(one.category for one in findings))
    address(tx, record.id, recipients)
    return _message(tx, record.id)


def _sent_lately(tx: Tx, record: "models.Message") -> datetime | None:
    """When a message of the same words last went to the same people, within the hour."""
    row = tx.connection.execute(
        "SELECT at FROM message WHERE at BETWEEN ? AND ? AND id <> ? AND direction = 'out' AND audience = ?"
        " AND audience_id = ? AND subject = ? AND body = ? AND NOT deleted ORDER BY at DESC LIMIT 1",
        (tx.at - _AN_HOUR, tx.at, record.id, record.audience, record.audience_id, record.subject, record.body),
    ).fetchone()
    return None if row is None else datetime.fromtimestamp(row[0], tx.zone)


def address(tx: Tx, message_id: str, recipients: tuple[Recipient, ...]) -> None:
    """Writes down who a message is for, and who is held back and why."""
    for one in recipients:
        to = {"guardian_id": one.guardian_id, "child_id": one.child_id, "held_back": one.held_back}
        tx.add(models.MessageTo, message_id=message_id, **to)


def incoming(tx: Tx, child_id: str, told: IncomingMessage, *, source_id: str | None = None) -> Message:
    """A message from a guardian of one child, unread; whom it is about was found out by `told.child`.

    `told.thread` is a thread of ours about this child, or the portal's own id of one, which stands for one thread of
    ours for each child. `source_id` is the portal's id of the message: one that came in before changes nothing and
    gives back what stands. Raises Refused `child_unknown`, `message_empty`, `message_in_future` (at), `text_too_long`
    (field).
    """
    if source_id is not None and (stands := id_map.find(tx.connection, id_map.PORTAL, "message", source_id)):
        return _message(tx, stands)
    if child(tx.connection, child_id) is None:
        raise Refused("child_unknown", child_id)
    if told.at > tx.now + _CLOCKS_DIFFER:
        raise Refused("message_in_future", child_id, at=told.at.isoformat(timespec="minutes"))
    with models.refused_texts(child_id):
        record = id_map.add(
            tx,
            models.Message,
            source_id,
            thread_id=_thread_of(tx, told.thread, child_id),
            direction="in",
            audience="child",
            audience_id=child_id,
            subject=told.subject,
            body=told.body,
            state="unread",
            sender=told.sender,
            at=int(told.at.timestamp()),
            language=told.language,
        )
    if not record.body and not record.subject:
        raise Refused("message_empty", child_id)
    if source_id is not None:
        id_map.keep(tx, id_map.PORTAL, "message", source_id, record.id)
    return _message(tx, record.id)


def mark(tx: Tx, message_id: str, state: Mark) -> Message:
    """What became of an incoming message: read, parked for later, answered (also: by phone).

    Reading one that was parked or answered leaves it so. Raises Refused `message_unknown`, `not_incoming`.
    """
    record = tx.get(models.Message, message_id)
    if record is None or record.deleted:
        raise Refused("message_unknown")
    if record.direction != "in":
        raise Refused("not_incoming", record.audience_id)
    if state != "read" or record.state == "unread":
        tx.change(record, state=state)
    return _message(tx, message_id)


def _answer_guard(tx: Tx, findings: tuple[GuardFinding, ...], whom: str, *, override: bool) -> None:
    if not findings:
        return
    if not override:
        raise Refused("guard_found", whom, categories=",".join(dict.fromkeys(one.category for one in findings)))
    blocked = dict.fromkeys(one.category for one in findings if one.level == "block")
    if blocked and not tx.by_manager:
        raise Refused("guard_blocked", whom, categories=",".join(blocked))


def _answer(tx: Tx, thread_id: str, audience: AudienceKind, audience_id: str) -> None:
    found = queries.thread(tx.connection, thread_id, tx.zone)
    if found is None:
        raise Refused("thread_unknown")
    if (found.audience, found.audience_id) != (audience, audience_id):
        raise Refused("thread_for_others")  # an answer never goes to more people than were in the thread
    for message in found.messages:
        record = tx.get(models.Message, message.id)
        if record is not None and record.direction == "in":
            tx.change(record, state="answered")


def _thread_of(tx: Tx, thread_id: str | None, child_id: str) -> str:
    """A thread of ours about this child for what the portal calls `thread_id`."""
    if thread_id is None:
        return new_id()
    ours = tx.connection.execute(
        "SELECT 1 FROM message WHERE thread_id = ? AND audience = 'child' AND audience_id = ? AND NOT deleted LIMIT 1",
        (thread_id, child_id),
    ).fetchone()
    if ours:
        return thread_id
    # by child: an answer to a group's letter is about one child and never goes into the group's thread
    outside = f"{thread_id} {child_id}"
    if stands := id_map.find(tx.connection, id_map.PORTAL, "thread", outside):
        return stands
    made = by_nature(tx.location_id, "thread", id_map.PORTAL, outside)
    id_map.keep(tx, id_map.PORTAL, "thread", outside, made)
    return made


def _message(tx: Tx, message_id: str) -> Message:
    found = queries.message(tx.connection, message_id, tx.zone)
    if found is None:
        raise Refused("message_unknown")
    return found
