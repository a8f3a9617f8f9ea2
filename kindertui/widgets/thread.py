"""The lines of a thread of messages, oldest first: who wrote what and when, and the state it is in."""

from collections.abc import Mapping, Sequence

from kindertui.domain.messages import Message, Recipient, Thread
from kindertui.i18n import _
from kindertui.phrases import messages as words
from kindertui.phrases import moment
from kindertui.text import Line

WAITS = ("unread", "parked")  # what came in and nobody has answered


def thread_lines(thread: Thread, reached: Mapping[str, Sequence[Recipient]]) -> list[Line]:
    """Every message under a line with its writer; `reached` has the recipients of those that went out."""
    lines: list[Line] = []
    subject = ""
    for message in thread.messages:
        if lines:
            lines.append(("", "plain"))
        lines.append(_head(message))
        if message.subject and message.subject != subject:
            subject = message.subject
            lines.append((message.subject, "strong"))
        lines.append((message.body or _("(no text)"), "plain" if message.body else "dim"))
        if message.id in reached:
            lines.append((words.reach(reached[message.id]), "dim"))
    return lines


def _head(message: Message) -> Line:
    if message.direction == "in":
        tone = "accent" if message.state in WAITS else "strong"
    else:
        tone = "danger" if message.state == "refused" else "good"
    by = message.by or _("unknown sender")
    return f"{by}   {moment(message.at)}   {words.state(message.state)}", tone
