"""What every screen of the state does: the bars on top, the panel at the foot, and commands by key or by word."""

import inspect
from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from kindertui import commands
from kindertui.commands import Place, State
from kindertui.data import drafts
from kindertui.domain import ratio
from kindertui.domain.roster import head_counts
from kindertui.i18n import _, ngettext
from kindertui.phrases import clock, day, long_day
from kindertui.phrases.due import late_checks_words
from kindertui.screens.app_state import AppState
from kindertui.screens.status_area import FootScreen
from kindertui.screens.support.fast_paint import paint
from kindertui.text import content
from kindertui.widgets.bars import HeadBar, HeadWords, PlaceBar
from kindertui.widgets.entry_line import EntryLine

LEAST = (60, 16)  # a smaller terminal gets one sentence instead of half a screen


class Changed(Message):
    """Something in the database changed; whoever shows it reads it again."""


class Go(Message):
    """Wants another place shown."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


class Wanted(Message):
    """Wants a command that belongs to the whole program (undo, lock, help …)."""

    def __init__(self, command: str, args: str = "") -> None:
        super().__init__()
        self.command = command
        self.args = args


class Painted(Message):
    """A place was drawn for the first time."""


class PlaceScreen(FootScreen):
    """A place. Subclasses give `body`, `show` and a method `do_<command id>` for each command of theirs."""

    PLACE: ClassVar[Place]
    AUTO_FOCUS = "#entry"
    ready = False  # mounted, so that there is something to show on
    _fresh = False  # mounted and not resumed since: the first resume comes with the mount, and shows nothing new

    def __init__(self, state: AppState) -> None:
        super().__init__(state)
        self._kept: dict[str, str] = {}  # each person's draft here, as last kept
        self.entry = EntryLine(letters=self.PLACE in commands.LINE_PLACES)

    def compose(self) -> ComposeResult:
        yield HeadBar(id="head")
        yield PlaceBar(self.PLACE)
        with Vertical(id="body"):
            yield from self.body()
        with Vertical(id="panel"):
            with Horizontal(id="line"):
                yield Static("›", id="prompt", markup=False)
                yield self.entry
            yield self.preview
            yield self.status
        yield Static(id="too-small", markup=False)

    def body(self) -> Iterable[Widget]:
        """The widgets of this place."""
        raise NotImplementedError

    def show(self) -> None:
        """Reads what this place shows and shows it."""
        raise NotImplementedError

    def command_state(self) -> State:
        """What decides which commands can be done now."""
        return State(self.PLACE)

    def group_asked(self) -> str | None:
        """The group that is asked about here; None is all."""
        return self.state.group_id

    def keep_draft(self) -> bool:
        """Keeps what is typed here under the person's name; nobody else gets to see it. Says whether it was new."""
        actor, text = self.state.actor, self.entry.value
        if actor is not None and self._kept.get(actor.staff_id, "") != text:
            self._kept[actor.staff_id] = text
            self.state.store.submit(drafts.keep, actor, f"line:{self.PLACE}", text)
            return True
        return False

    def bring_back_draft(self) -> None:
        """Puts a person's kept line back where it was."""
        if (actor := self.state.actor) is not None and not self.entry.value:
            if actor.staff_id not in self._kept:
                place = f"line:{self.PLACE}"
                self._kept[actor.staff_id] = drafts.kept(self.state.store.reader, actor.staff_id, place)
            if text := self._kept[actor.staff_id]:
                self.entry.put(text)

    def on_mount(self) -> None:
        self.ready = self._fresh = True
        self.bring_back_draft()
        self.query_one("#line").set_class(not self.entry.letters, "-closed")
        self.refresh_all()
        self.begin_line()
        self.call_after_refresh(self._painted)

    def _painted(self) -> None:
        self._fresh = False
        self.post_message(Painted())

    def on_screen_resume(self) -> None:
        if self.ready and not self._fresh:
            self.refresh_all()
            self.begin_line()

    def begin_line(self) -> None:
        """Types the beginning of a line that was asked for where one came from; what stood there comes back by Up."""
        if self.state.begun is None or self.state.begun[0] != self.PLACE:
            return  # the place that is left comes to the front once more when a sheet over it closes
        (_place, begun), self.state.begun = self.state.begun, None
        if self.entry.value.strip():
            self.entry.remember(self.entry.value)
        self.entry.put(begun)

    def on_resize(self) -> None:
        width, height = self.app.size
        small = width < LEAST[0] or height < LEAST[1]
        self.set_class(small, "-small")
        if small:
            text = _("Make the window larger: {w} by {h} at least.").format(w=LEAST[0], h=LEAST[1])
            self.query_one("#too-small", Static).update(content(text))
        elif self.ready and not self._fresh:
            self.call_after_refresh(self.show)

    def refresh_all(self) -> None:
        """Shows everything anew: the bars, the body, the last saved line."""
        if not self.is_running:  # a save that came back while the program was leaving
            return
        self.show()
        self.show_head()
        if self._act is not None and self._act != self.state.saved:
            self.say_saved()  # an older act would be offered to be taken back where ctrl+z takes the newest

    def set_back(self) -> None:
        """Shows what was taken back or done again, and says it."""
        self.say(self.state.saved)
        self.refresh_all()

    def paint(self, *widgets: Widget) -> None:
        """Draws what changed of these at once."""
        paint(self, widgets)

    def show_head(self) -> None:
        """The two lines on top."""
        state, now = self.state, self.state.now()
        inside, expected = head_counts(state.days, now)
        present = [one for one in state.days if one.is_in]
        group = next((one for one in state.groups if one.id == state.group_id), None)
        team = sum(one.role == "worker" and state.group_id in (None, one.group_id) for one in state.staff)
        need = None
        if group is not None and present:
            births = [one.child.birth_date for one in present if one.child.birth_date is not None]
            need = ratio.advice(group.kind, state.policy.country, births, state.shown_day).required
        state.follow_looks()
        late, late_few = late_checks_words(state.looks, now)
        self.query_one("#head", HeadBar).show(
            HeadWords(
                group=state.group_name() or _("all groups"),
                day=day(state.shown_day),
                clock=clock(now),
                # not asked for in vain: the words of a long day are Babel's, which the first frame does without
                loud="" if state.is_today else self._loud(long_day(state.shown_day), locked=state.locked),
                loud_few="" if state.is_today else self._loud(day(state.shown_day)),
                late=late,
                late_few=late_few,
                inside=_("{n} in").format(n=inside),
                expected=_("of {n}").format(n=expected),
                staff=_("staff {n}").format(n=team) if team else "",
                need=_("need {n}").format(n=need) if need is not None else "",
                short=need is not None and team > 0 and need > team,
                who=state.actor.name if state.actor else "",
                portal=state.waiting.get("portal", 0),
            )
        )
        self.query_one(PlaceBar).show(state.waiting)

    def _loud(self, day: str, *, locked: bool = False) -> str:
        """What stands instead of the day when it is not today; that it is locked only where there is room."""
        text = _("{day}: NOT TODAY, LOCKED") if locked else _("{day}: NOT TODAY")
        return text.format(day=day.upper())

    async def do(self, command: commands.Command, args: str = "") -> None:
        """Does a command of this place, hands it to the program, or says why not."""
        if why := command.enabled(self.command_state()):
            self.say(_(why), "due")
            self._says_why = True
            return
        method = getattr(self, f"do_{command.id}", None)
        if method is None:
            self.post_message(Wanted(command.id, args))
            return
        result = method(args) if inspect.signature(method).parameters else method()
        if inspect.isawaitable(result):
            await result

    async def on_entry_line_screen_key(self, event: EntryLine.ScreenKey) -> None:
        event.stop()
        if self.moved(event.key):
            return
        command = commands.of_key(event.key, self.PLACE)
        if command is None:
            return
        if command.id.startswith("go_"):
            self.post_message(Go(command.id.removeprefix("go_")))  # type: ignore[arg-type]
        else:
            await self.do(command)

    def moved(self, key: str) -> bool:
        """Moves a cursor by one of the keys that move; says whether it did."""
        return False

    def on_entry_line_refusal(self, event: EntryLine.Refusal) -> None:
        event.stop()
        self.say(
            {
                "paste_lines": _("Not pasted: it has more than one line. Paste one line at a time; nothing was done."),
                "paste_long": _(
                    "Not pasted: it is longer than a line can be. Paste a shorter piece; nothing was done."
                ),
            }[event.rule],
            "due",
        )

    def on_place_bar_go(self, event: PlaceBar.Go) -> None:
        self.post_message(Go(event.place))

    def do_line(self) -> None:
        """Opens the entry line on a screen that has none."""
        self.entry.letters = True
        self.query_one("#line").remove_class("-closed")

    def do_move(self) -> None:
        """Chosen from the list of commands: the keys themselves move."""
        self.say(_(commands.BY_ID["move"].help))

    def do_complete(self) -> None:
        """Tab where there is nothing to complete."""
        self.say(_("Type the beginning of a name or a word first: Tab writes the rest."))

    def do_back(self) -> None:
        """Esc: clears the line first."""
        if self.entry.value:
            self.entry.value = ""
            self.say_preview("")
            self.say_saved()  # what was said of the line went with it
        elif self.entry.letters and self.PLACE not in commands.LINE_PLACES:
            self.close_line()
        elif self.PLACE != "roster":
            self.post_message(Go("roster"))

    def close_line(self) -> None:
        """Letters are commands again."""
        self.entry.letters = False
        self.query_one("#line").add_class("-closed")  # not hidden: what is hidden loses the focus
        self.say_preview("")

    def waiting_words(self, count: int) -> str:
        """`4 wait for the portal`."""
        return ngettext("{n} record waits for the portal", "{n} records wait for the portal", count).format(n=count)


__all__ = ["LEAST", "Changed", "Go", "Input", "PlaceScreen", "Wanted"]
