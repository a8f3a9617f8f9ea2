"""Messages to and from guardians: threads, audiences, and who is held back."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

AudienceKind = Literal["child", "group", "location"]
Direction = Literal["in", "out"]
MessageState = Literal["draft", "queued", "left", "accepted", "refused", "unread", "read", "parked", "answered"]


class Recipient(Struct, frozen=True):
    """One guardian a message is for, by way of one child. `held_back` is the reason why not, empty when it goes."""

    guardian_id: str
    guardian: str
    child_id: str
    child: str
    language: str
    held_back: str = ""


class Message(Struct, frozen=True):
    """One message. `audience_id` is a child's or a group's id, or the location's. `by` is the sender's name."""

    id: str
    rev: int
    thread_id: str
    direction: Direction
    audience: AudienceKind
    audience_id: str
    subject: str
    body: str
    state: MessageState
    by: str
    at: datetime
    language: str = ""


class Thread(Struct, frozen=True):
    """Messages that belong together, oldest first, with what a list shows of them."""

    id: str
    subject: str
    title: str
    audience: AudienceKind
    audience_id: str
    last_at: datetime
    unread: int
    messages: tuple[Message, ...] = ()


def draft_text(subject: str, text: str) -> str:
    """A draft as one text: the subject on a line of its own, marked so that an empty one stays a line."""
    return f">{subject}\n{text}" if subject.strip() or text.strip() else ""


def read_draft(draft: str) -> tuple[str, str]:
    """The subject and the text of a draft."""
    subject, _end, text = draft.partition("\n")
    return subject.removeprefix(">"), text
