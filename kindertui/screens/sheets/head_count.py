"""A head count, twice: letters find, Space or Enter ticks and goes on; who is missing is named before it counts."""

from collections.abc import Iterable, Mapping
from concurrent.futures import Future

from msgspec.structs import replace
from textual import events
from textual.widget import Widget
from textual.widgets import Static

from kindertui.data import head_counts
from kindertui.data.queries import day as day_queries
from kindertui.domain.entry.words import fold
from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.domain.head_counts import Counting, FirstCount, HeadCount
from kindertui.domain.roster import ChildDay
from kindertui.i18n import _
from kindertui.phrases import clock, listed
from kindertui.phrases.refused import sentence
from kindertui.screens.app_state import AppState
from kindertui.screens.sheets.sheet import WritingSheet
from kindertui.text import content
from kindertui.widgets.table import Cell, Row, RowTable, text_row, untitled

_DONE = "done"  # the key of the row below the children; an id is longer


def new_count(state: AppState, reason: str) -> Counting | None:
    """A first count of the children of the shown group who are in, or of the marked ones; None where nobody is."""
    now = state.now()
    there = day_queries.roster(state.store.reader, now.date(), state.zone, state.group_id)
    expected = tuple(one.child.id for one in there if one.is_in and (not state.marked or one.child.id in state.marked))
    return Counting(now.date(), state.group_id, reason, expected, (), now) if expected else None


class HeadCountSheet(WritingSheet[HeadCount | None]):
    """Gives the count once it was saved, or None when it was left. Whatever was counted until then stays for later."""

    BOX = "sheet paper"

    def __init__(self, state: AppState, counting: Counting) -> None:
        super().__init__(
            state,
            keys=[
                ("space", _("Space"), _("is here")),
                ("enter", "Enter", _("goes on")),
                ("delete", "Del", _("anew")),
                ("escape", "Esc", _("leaves")),
            ],
        )
        self._take(counting)
        self._stored = counting  # as the database has it
        self._typed = ""
        self._asked = False  # who is missing was said; Enter once more goes on
        self._leaving = False  # the count could not be stored; Esc once more leaves without

    def _take(self, counting: Counting) -> None:
        state = self.state
        days = day_queries.roster(state.store.reader, counting.day, state.zone, only=counting.expected)
        found = {one.child.id: one for one in days}
        self._days: Mapping[str, ChildDay] = {id: found[id] for id in counting.expected if id in found}
        self._counting = counting
        self._found = set(counting.ticked)
        self._keeping: Future[None] | None = None

    def body(self) -> Iterable[Widget]:
        yield RowTable(id="count", heads=False)

    def on_resize(self) -> None:
        self._show()

    def on_mount(self) -> None:
        self._begin()

    def _begin(self) -> None:
        """Says where the count is, and puts the cursor on the first who is not ticked."""
        counting = self._counting
        if counting.ticked:  # ticked earlier, and they may have gone out of sight since: it says so
            text = _("Begun {time}, {n} of {m} ticked. Go on, or Del begins this count anew.")
            self.say(text.format(time=clock(counting.since), n=len(counting.ticked), m=len(counting.expected)), "due")
        elif (first := counting.first) is not None:
            text = _("First count {time}: {n} of {m}. Now once more from the start; Esc leaves that for later.")
            self.say(text.format(time=clock(first.at), n=len(first.found), m=len(first.expected)), "accent")
        else:
            self.say(_("Type a name's first letters, or tick down the list."))
        self._show()
        self.table.move_to(next((one for one in self._days if one not in self._found), _DONE))

    def _show(self) -> None:
        where = self.state.group_name(self._counting.group_id) or _("all groups")
        title = _("First count") if self._counting.first is None else _("Second count")
        words = " · ".join(part for part in (title, where, self._counting.reason) if part)
        self.query_one(".sheet-title", Static).update(content(words))
        rows = [self._row(one) for one in self._days.values()]
        counted = _("{n} of {m}: Enter here ends this count").format(n=len(self._found), m=len(self._days))
        whole = len(self._found) == len(self._days)
        rows.append(text_row(counted, "good" if whole else "due", _DONE))
        self.table.show(untitled(40), rows)
        self.fit()

    def fit(self) -> None:
        self.table.styles.height = min(len(self._days) + 1, self.room)

    def _row(self, one: ChildDay) -> Row:
        here = one.child.id in self._found
        departure = one.departure
        state = ""
        if departure is not None:  # fetched between the two counts
            state = _("gone home {time}").format(time=clock(departure.start))
        elif one.asleep is not None:
            state = _("asleep")
        name = ("[x] " if here else "[ ] ") + one.child.full_name
        return Row(one.child.id, (Cell(name, "dim" if here else "strong"), Cell(state, "dim")))

    def on_key(self, event: events.Key) -> None:
        # all of them here and none bound: Textual does a bound key after the others, and fingers count fast
        event.stop()
        if event.key == "space":
            self._tick()
        elif event.key in ("enter", "ctrl+j"):
            self._enter()
        elif event.key == "escape":
            self.action_back()
        else:
            self._other(event)

    def _other(self, event: events.Key) -> None:
        self._asked = self._leaving = False
        if self.table.key_pressed(event.key):
            self._typed = ""
        elif event.key == "delete":
            self._start_again()
        elif event.key in ("backspace", "ctrl+h"):
            self._find(self._typed[:-1])
        elif event.is_printable and event.character:
            self._find(self._typed + event.character)

    def _find(self, typed: str) -> None:
        """Goes to the first whose name, or a later word of it, begins so; one who was not ticked comes first."""
        wanted = fold(typed)
        names = {child_id: fold(one.child.full_name) for child_id, one in self._days.items()}
        fitting = [child_id for child_id, name in names.items() if name.startswith(wanted)] or [
            child_id for child_id, name in names.items() if f" {wanted}" in name
        ]
        if not wanted:
            self._typed = ""
            self.say("")
        elif fitting:
            self._typed = typed
            self.table.move_to(next((one for one in fitting if one not in self._found), fitting[0]))
            self.say(typed, "accent")
        else:
            self.say(_("Nobody here begins with {letters}.").format(letters=typed), "due")
            self._typed = ""

    def _tick(self) -> None:
        """Ticks the child under the cursor, or takes the tick away, and goes on to the next who was not."""
        child_id = self.table.cursor
        self._typed, self._asked, self._leaving = "", False, False
        if child_id not in self._days or child_id is None or self.saving:
            return
        if not self._found:
            self._counting = replace(self._counting, since=self.state.now())
        self._found ^= {child_id}
        self._show()
        self.say(_("{n} of {m} counted").format(n=len(self._found), m=len(self._days)))
        if child_id in self._found and not self.table.move_on({_DONE, *self._found}):
            self.table.move_to(_DONE)

    def _enter(self) -> None:
        """On a child ticks; on the last row ends this count, after naming who is missing."""
        if self.saving:
            return
        if self.table.cursor != _DONE:
            self._tick()
            return
        missing = [one.child.full_name for child_id, one in self._days.items() if child_id not in self._found]
        if missing and not self._asked:
            self._asked = True
            text = _("MISSING: {names}. Look again; Enter once more ends the count without them.")
            self.say(text.format(names=listed(missing, most=8)), "danger")
            return
        self._asked = False
        found, now = self._ticked, self.state.now()
        if (first := self._counting.first) is None:
            counting = self._counting
            first = FirstCount(counting.day, counting.group_id, counting.reason, counting.expected, found, now)
            self._take(replace(counting, ticked=(), since=now, first=first))
            self.keep_draft()
            self._begin()
        else:
            self.start(head_counts.keep_count, first, found, done=self.dismiss)

    @property
    def _ticked(self) -> tuple[str, ...]:
        return tuple(one for one in self._days if one in self._found)

    # -- nothing is lost -------------------------------------------------------------------------------------------

    def keep_draft(self) -> bool:
        """Stores how far the count is, for whoever goes on with it. Says whether that was new."""
        counting = replace(self._counting, ticked=self._ticked)
        if self.saving or self.state.actor is None or (_same(counting, self._stored) and not self._unkept()):
            return False
        self._stored = counting
        self._keeping = self.state.store.submit(head_counts.keep_counting, self.state.actor, counting)
        return True

    def _unkept(self) -> bool:
        """Whether the database refused what was stored last: then it is stored again."""
        return self._keeping is not None and self._keeping.done() and self._keeping.exception() is not None

    def _start_again(self) -> None:
        """Takes all ticks away; where there are none, starts the first count again with those who are in now."""
        counting = self._counting
        if not self._found:
            counting = new_count(self.state, counting.reason) or replace(counting, first=None)
        self._take(replace(counting, ticked=(), since=self.state.now()))
        self.keep_draft()
        self._begin()

    def action_back(self) -> None:
        """Stores how far the count is and leaves; where it cannot be stored, says so and waits for another Esc."""
        if self._typed:
            self._find("")
        elif self._leaving:
            self.dismiss(None)
        elif not self.saving:
            counting = replace(self._counting, ticked=self._ticked)
            if counting.begun or self._stored.begun:
                self.saving = True
                self.run_worker(self._leave(counting))
            else:
                self.dismiss(None)

    async def _leave(self, counting: Counting) -> None:
        try:
            if self.state.actor is not None:
                await self.state.store.run(head_counts.keep_counting, self.state.actor, counting)
        except (DatabaseFault, Refused) as error:
            self.saving, self._leaving = False, True
            self.say(sentence(error) + " " + _("Esc once more leaves, and the ticks of this count are lost."), "due")
        else:
            self.dismiss(None)

    def on_row_table_chosen(self, event: RowTable.Chosen) -> None:
        event.stop()
        self._enter()


def _same(one: Counting, other: Counting) -> bool:
    return (one.ticked, one.first, one.expected) == (other.ticked, other.first, other.expected)
