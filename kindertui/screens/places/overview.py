"""All groups at once, for who looks after the location: in, expected, asleep, staff and need, and what waits."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual.widget import Widget

from kindertui.commands import Place, State
from kindertui.data.effort import efforts
from kindertui.data.queries import absences as absence_queries
from kindertui.data.queries import day as day_queries
from kindertui.data.queries import messages as message_queries
from kindertui.domain import ratio
from kindertui.domain.attendance import not_come
from kindertui.domain.due import sleep_checks_due
from kindertui.domain.people import Group
from kindertui.domain.roster import ChildDay, head_counts
from kindertui.i18n import _, ngettext
from kindertui.phrases import HARM, clock, listed
from kindertui.phrases.daylog import effort_lines
from kindertui.phrases.due import late_checks_words
from kindertui.screens.place import Action
from kindertui.screens.places.command_place import CommandPlace
from kindertui.screens.requests import Go
from kindertui.widgets.table import BLANK, Cell, Column, Row, RowTable, text_row


class OverviewScreen(CommandPlace):
    """A row a group; Enter opens the group's roster."""

    PLACE: ClassVar[Place] = "overview"

    def body(self) -> Iterable[Widget]:
        yield RowTable(id="groups")

    def command_state(self) -> State:
        return State(self.PLACE, row=self.table.cursor is not None)

    def actions(self) -> Mapping[str, Action]:
        return {**super().actions(), "enter": self._open_row}

    def group_asked(self) -> str | None:
        """The group of the row: all of them are on the screen."""
        return self.table.cursor

    def show(self) -> None:
        state, now = self.state, self.state.now()
        db = state.store.reader
        if not state.attention.waiting:  # gone to before the first count: this place is about what waits
            state.attention.count_waiting()
        every = day_queries.roster(db, state.shown_day, state.zone)
        rows = [self._row(group, [one for one in every if one.child.group_id == group.id]) for group in state.groups]
        missing = [
            f"{one.child.full_name} ({clock(expected)})"
            for expected, one in not_come(every, now, state.policy.no_show_grace)
        ]
        rows.append(BLANK)
        late, _few = late_checks_words(sleep_checks_due(every, state.policy) if state.is_today else (), now)
        if late:  # of every group: the line on top is about one's own
            rows.append(text_row(HARM + late, "danger"))
        if missing:
            text = _("expected, nobody told us: {names}").format(names=listed(missing))
            rows.append(text_row(HARM + text, "danger"))
        decide, leave = absence_queries.waiting(db), state.attention.waiting.get("portal", 0)
        unread, _oldest = message_queries.unread(db, state.zone)
        waits = (
            (decide, ngettext("{n} absence or request waits (3)", "{n} absences and requests wait (3)", decide)),
            (unread, ngettext("{n} message is unread (4)", "{n} messages are unread (4)", unread)),
            (leave, ngettext("{n} record waits for the portal (5)", "{n} records wait for the portal (5)", leave)),
        )
        rows += [text_row(text.format(n=count), "due") for count, text in waits if count]
        took = effort_lines(efforts(db, state.shown_day), now.date())
        rows += [BLANK] * bool(took) + [text_row(line, "dim") for line in took]
        self.table.show(
            (
                Column(_("group"), 20), Column(_("in"), 10), Column(_("asleep"), 8), Column(_("away"), 8),
                Column(_("staff"), 8), Column(_("need"), 0),
            ),
            rows,
        )  # fmt: skip
        self.show_keys()

    def _row(self, group: Group, days: list[ChildDay]) -> Row:
        state, now = self.state, self.state.now()
        inside, expected = head_counts(days, now)
        present = [one for one in days if one.is_in]
        asleep = sum(one.asleep is not None for one in present)
        away = sum(one.presence(now) == "absent" for one in days)
        staff = sum(one.role == "worker" and one.group_id == group.id for one in state.staff)
        births = [one.child.birth_date for one in present]
        advice = ratio.advice(group.kind, state.policy.country, births, state.shown_day)
        short = advice.required is not None and advice.required > staff
        need = "–" if advice.required is None else str(advice.required)
        return Row(
            group.id,
            (
                Cell(group.name, "strong"),
                Cell(_("{n} of {m}").format(n=inside, m=expected)),
                Cell(str(asleep or "–"), "sleep" if asleep else "dim"),
                Cell(str(away or "–"), "dim"),
                Cell(str(staff)),
                Cell(need + ("  " + _("one short") if short else ""), "due" if short else "plain"),
            ),
        )

    def _open_row(self) -> None:
        state = self.state
        if (group_id := self.table.cursor) is not None:
            state.group_id, state.child_id, state.marked = group_id, None, frozenset()
            self.post_message(Go("roster"))
