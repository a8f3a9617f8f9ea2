"""Whom a message is for: the list to pick from, and the words for who gets it, who does not, and why."""

from dataclasses import dataclass

from kindertui.data import queries
from kindertui.data.queries import messages as message_queries
from kindertui.domain.audience import holding, unreached
from kindertui.domain.messages import AudienceKind, Recipient
from kindertui.i18n import _, ngettext
from kindertui.phrases import listed
from kindertui.phrases import messages as words
from kindertui.screens.app_state import AppState
from kindertui.text import Line
from kindertui.widgets.table import Cell, Row

PLACE = "message:"  # what the places of drafts of messages begin with


@dataclass(frozen=True, slots=True)
class Audience:
    """A child's guardians, a group's or the location's; `thread_id` when they are answered in a thread."""

    kind: AudienceKind
    id: str
    thread_id: str = ""

    @property
    def place(self) -> str:
        """The place of a draft for them in the draft table."""
        return f"{PLACE}{self.kind}:{self.id}:{self.thread_id}"


def audience_at(place: str) -> Audience | None:
    """The audience of a draft's place; None for the place of something else."""
    parts = place.split(":")
    kinds: dict[str, AudienceKind] = {"child": "child", "group": "group", "location": "location"}
    if len(parts) != 4 or parts[1] not in kinds:
        return None
    return Audience(kinds[parts[1]], parts[2], parts[3])


def audience_rows(state: AppState) -> list[Row]:
    """The groups, the children who are placed now and the location, to pick from; the key is a draft's place."""
    location = state.location
    # groups come first: who types a group's name means the group, though its children's rows hold that name as well
    rows = [(Audience("group", one.id), one.name, _("the whole group")) for one in state.groups]
    rows += [
        (Audience("child", one.id), one.full_name, state.group_name(one.group_id))
        for one in queries.children(state.store.reader, on=state.now().date())
    ]
    rows.append((Audience("location", location.id), location.name, _("everybody at the location")))
    return [Row(one.place, (Cell(name, "strong"), Cell(note, "dim"))) for one, name, note in rows]


def recipients_of(state: AppState, audience: Audience) -> tuple[Recipient, ...]:
    """Who would get it now, and who would be held back."""
    return message_queries.audience_of(
        state.store.reader, audience.kind, audience.id, state.policy, state.location.language
    )


def named(state: AppState, audience: Audience) -> str:
    """`the guardians of Aya Bakker`, `all guardians of Vlinders`; empty where there is no such audience any more."""
    name = message_queries.audience_name(state.store.reader, audience.kind, audience.id)
    if not name:
        return ""
    if audience.kind == "child":
        return _("the guardians of {name}").format(name=name)
    return _("all guardians of {name}").format(name=name)


def reach_lines(state: AppState, audience: Audience, recipients: tuple[Recipient, ...]) -> list[Line]:
    """Who does not get it and why, whose guardians are not reached at all, and then who gets it."""
    db = state.store.reader
    children = message_queries.audience_children(db, audience.kind, audience.id, state.now().date())
    ids = tuple(one.id for one in children)
    restrictions = queries.restrictions(db, ids)
    lines: list[Line] = []
    for one in recipients:
        if one.held_back:
            reason = words.held_back(one.held_back, holding(one.child_id, one.guardian_id, restrictions))
            lines.append((f"✗ {_who(one, audience)}: {reason}", "danger"))
    lost = unreached(children, queries.guardianships(db, ids), recipients)
    if lost and audience.kind != "child":
        names = listed((one.full_name for one in lost), most=8)
        lines.append(("! " + _("nobody gets it for {names}: tell them some other way").format(names=names), "due"))
    gets = [_who(one, audience) for one in recipients if not one.held_back]
    if audience.kind == "child":
        lines += [(f"✓ {who}", "good") for who in gets]
    elif gets:
        lines.append(("✓ " + " · ".join(gets), "good"))
    return lines or [(_("No guardian is known here: ask the location manager."), "due")]


def _who(one: Recipient, audience: Audience) -> str:
    about = one.language if audience.kind == "child" else f"{one.child}, {one.language}"
    return f"{one.guardian} ({about})"


def counted(recipients: tuple[Recipient, ...]) -> str:
    """`Goes to 11 guardians, 1 held back.`"""
    held = sum(bool(one.held_back) for one in recipients)
    gets = len(recipients) - held
    if not gets:
        return words.reach(recipients)
    text = ngettext("Goes to {n} guardian", "Goes to {n} guardians", gets).format(n=gets)
    if held:
        text += ", " + ngettext("{n} held back", "{n} held back", held).format(n=held)
    return text + "."
