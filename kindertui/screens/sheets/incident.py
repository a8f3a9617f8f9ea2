"""The form of an incident, and its report: which copy, to read and to put on paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from kindertui.data import daylog, drafts, queries
from kindertui.data.daylog import NotLogged
from kindertui.data.queries import incidents as read
from kindertui.domain.daylog import Entry
from kindertui.domain.entry import Plan, Step
from kindertui.domain.entry.moments import Clock, at, clock
from kindertui.domain.incident_fields import children_named, told_moment
from kindertui.domain.incidents import Incident
from kindertui.domain.people import Child
from kindertui.i18n import _
from kindertui.phrases import clock as clock_words
from kindertui.phrases import listed
from kindertui.phrases.incident_paper import COPIES
from kindertui.phrases.incidents import field
from kindertui.phrases.plausibility import finding_words
from kindertui.screens.drafts import SheetDraft
from kindertui.screens.sheets.form import Field, FormSheet, Wrong
from kindertui.screens.sheets.paper import PaperSheet
from kindertui.screens.sheets.pick import PickSheet
from kindertui.widgets.table import Cell, Row

if TYPE_CHECKING:
    from kindertui.screens.place import PlaceScreen


async def open_incident(screen: PlaceScreen, args: str) -> None:
    """The form of the child's first incident on the day that the parents were not told of, else of a new one."""
    state = screen.state
    child_day = state.cache.child_day(state.child_id)
    if child_day is None or await screen.controller.is_locked():
        return
    open_form(screen, child_day.child, next((one for one in child_day.entries if one.untold), None))


def open_form(screen: PlaceScreen, child: Child, entry: Entry | None) -> None:
    """The form of one incident, or of a new one (None)."""
    form = _Form(screen, child, entry)
    screen.app.push_screen(form.sheet(), lambda _saved: screen.refresh_all())


async def show_report(screen: PlaceScreen, args: str) -> None:
    """Asks which copy of the incidents of the child's day, and shows it."""
    state = screen.state
    db, day = state.store.reader, state.shown_day
    child = queries.child(db, state.child_id) if state.child_id is not None else None
    entries = read.of_child(db, child.id, day, state.zone) if child is not None else ()
    if child is None or not entries:
        screen.status.say(_("No incident of this child is written on this day: type incident."), "due")
        return
    children = {one.id: one for one in queries.children(db)}
    copies: dict[str, tuple[str, Child]] = {}
    if any(one.child_id == child.id for one in entries):
        copies[f"file {child.id}"] = ("file", child)
    mine = {other for one in entries if one.child_id == child.id for other in Incident.of(one).others}
    for one in (child, *(children[id] for id in sorted(mine) if id in children)):
        copies[f"parents {one.id}"] = ("parents", one)
    rows = [
        Row(
            key,
            (
                Cell(_("for the file") if copy == "file" else _("for the parents of"), "strong"),
                Cell(whose.full_name),
            ),
        )
        for key, (copy, whose) in copies.items()
    ]

    def picked(key: str | None) -> None:
        if key is not None:
            copy, whose = copies[key]
            found = read.of_child(db, whose.id, day, state.zone)
            paper = COPIES[copy](found, whose, children, day, state.now(), state.location.name)
            screen.app.push_screen(PaperSheet(state, paper))

    screen.app.push_screen(PickSheet(_("Incident report: which copy?"), rows, (22,)), picked)


class _Form:
    """What is asked about one incident, and how it is written: anew, or into its entry."""

    def __init__(self, screen: PlaceScreen, child: Child, entry: Entry | None) -> None:
        self._screen, self._state = screen, screen.state
        self._child, self._entry = child, entry
        self._children = queries.children(self._state.store.reader)
        self._answered: frozenset[tuple[str, str]] = frozenset()  # warnings that were shown: Enter again answers them

    def sheet(self) -> FormSheet:
        entry, state = self._entry, self._state
        old = Incident("") if entry is None else Incident.of(entry)
        others = ", ".join(one.full_name for one in self._children if one.id in old.others)
        start = entry.start if entry is not None else state.now() if state.is_today else None
        fields = (
            Field("what", field("what"), _("fell off the slide"), old.what),
            Field("at", field("at"), "10:15", clock_words(start) if start is not None else ""),
            Field("where", field("where"), _("in the garden"), old.where),
            Field("first_aid", field("first_aid"), _("cooled, plaster on the knee"), old.first_aid),
            Field("done", field("done"), _("comforted, slide closed off"), old.done),
            Field("others", field("others"), _("a name; empty: nobody else"), others),
            Field("told", field("told"), _("mother; empty: nobody yet"), old.told),
            Field("told_at", field("told_at"), _("16:10; empty is now"), self._told_at(old)),
        )  # fmt: skip
        title = _("Incident: {name}").format(name=self._child.full_name)
        draft = SheetDraft(state, f"incident:{self._child.id}:{entry.id if entry else state.shown_day}")
        begin = "told" if entry is not None and entry.untold and old.what else ""
        return FormSheet(title, fields, lambda typed: self._save(typed, draft), draft, begin=begin)

    def _told_at(self, old: Incident) -> str:
        return clock_words(old.told_at) if old.told_at is not None else ""

    async def _save(self, typed: Mapping[str, str], draft: SheetDraft) -> None:
        state, entry = self._state, self._entry
        if state.actor is None:
            return
        if not typed["what"]:
            raise Wrong("what", _("Type what happened, in a few words."))
        start = self._start(typed["at"])
        told, told_at = self._told(typed, start)
        incident = Incident(
            typed["what"], typed["where"], typed["first_aid"], typed["done"], self._others(typed["others"]), told,
            told_at,
        )  # fmt: skip
        step = Step(
            (self._child.id,), "incident", start, detail=incident.detail, text=incident.what, verb="incident",
            for_staff=entry is not None and entry.for_staff,
        )  # fmt: skip
        policy, accepted = state.policy, self._answered
        try:
            if entry is None:
                add, plan = drafts.settling(daylog.save_plan, draft.place), Plan((step,))
                await state.store.run(
                    add, state.actor, plan, day=state.shown_day, policy=policy, accept_warnings=accepted
                )
            else:
                change = drafts.settling(daylog.change, draft.place)
                await state.store.run(
                    change, state.actor, entry.id, step, rev=entry.rev, policy=policy, accept_warnings=accepted
                )
        except NotLogged as refused:
            self._ask(refused)
        what = _("{name} incident {time}").format(name=self._child.given_name, time=clock_words(start))
        self._screen.status.saved(what if told else what + " · " + _("the parents are still to be told"))

    def _ask(self, refused: NotLogged) -> None:
        """An error is said at the time; a warning too, and Enter once more answers it."""
        first = refused.findings[0]
        words = finding_words(first, {})
        if first.level == "warning":
            self._answered |= {(one.rule, one.child_id) for one in refused.findings}
            words = _("{question} Enter again saves it all the same.").format(question=words)
        raise Wrong("at", words)

    def _start(self, typed: str) -> datetime:
        if self._entry is not None and typed == clock_words(self._entry.start):
            return self._entry.start
        found = at(self._state.shown_day, self._clock("at", typed), self._state.now())
        if not isinstance(found, datetime):
            raise Wrong("at", _("{word} is no time: type it as 1230 or 12:30.").format(word=typed))
        return found

    def _clock(self, name: str, typed: str) -> Clock:
        found = clock(typed)
        if found is None:
            raise Wrong(name, _("{word} is no time: type it as 1230 or 12:30.").format(word=typed or "–"))
        return found

    def _told(self, typed: Mapping[str, str], start: datetime) -> tuple[str, datetime | None]:
        now = self._state.now()
        if not typed["told"]:
            if typed["told_at"]:
                raise Wrong("told", _("Who was told? Mother, father, or the name."))
            return "", None
        if not typed["told_at"]:
            return typed["told"], now.replace(second=0, microsecond=0)
        old = Incident.of(self._entry) if self._entry is not None else None
        if old is not None and old.told_at is not None and typed["told_at"] == clock_words(old.told_at):
            return typed["told"], old.told_at
        found = told_moment(self._clock("told_at", typed["told_at"]), start, now)
        if found is None:
            text = _("{word} is not between the incident and now: type when they were told.")
            raise Wrong("told_at", text.format(word=typed["told_at"]))
        return typed["told"], found

    def _others(self, typed: str) -> tuple[str, ...]:
        try:
            found = children_named(typed, self._children, but=(self._child.id,))
        except ValueError as nobody:
            like = [one.full_name for one in self._children if one.given_name.casefold() == str(nobody).casefold()]
            text = _("{word} is no other child here: type the name, or its beginning.").format(word=nobody)
            if len(like) > 1:
                text = _("{word} can be {names}: type more of the name.").format(word=nobody, names=listed(like))
            raise Wrong("others", text) from None
        return tuple(one.id for one in found)
