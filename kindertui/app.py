"""KinderApp: the places, the look, the keys that mean the same everywhere; it owns the store."""

import asyncio
import contextlib
import gc
import signal
import sys
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.screen import Screen
from textual.timer import Timer

from kindertui import i18n, process
from kindertui.commands import BY_ID, LINE_PLACES, PLACES
from kindertui.data import queries
from kindertui.data.clock import check_year
from kindertui.data.store import Store
from kindertui.domain.faults import DatabaseFault
from kindertui.locations import Locations
from kindertui.phrases import taken_back_words
from kindertui.portal import profile
from kindertui.screens import draft_keeper
from kindertui.screens.app_state import AppState
from kindertui.screens.place import PlaceScreen
from kindertui.screens.places import Places
from kindertui.screens.requests import Changed, Go, Painted, Wanted
from kindertui.screens.sign_in import SignIn
from kindertui.screens.support import change_watcher, effort_timer, theme
from kindertui.screens.support.change_watcher import ChangeWatcher
from kindertui.screens.support.crash import CrashSafeApp
from kindertui.screens.support.effort_timer import EffortTimer
from kindertui.screens.support.key_queue import BACKGROUND, ENTER, SAVING, KeyQueue, Typed
from kindertui.screens.support.output_filter import OutputFilter
from kindertui.screens.who import WhoScreen

if TYPE_CHECKING:
    from kindertui.domain.unsaved import UnsavedLine

_LOADED = 3.0  # seconds after which the database thread has loaded what it writes with
_LOOK_AGAIN = 0.005  # seconds after which it is asked again whether an act is done
_LOCK_PATIENCE = 0.3  # seconds the lock lets the keys before it finish: a slow disk must not keep it from hiding
# What the store, or leaving, brings behind a save by itself: it need not wait for the save to be shown.
_BEHIND_SAVES = frozenset(key for name in ("undo", "redo", "quit") for key in BY_ID[name].keys)
_GLOBAL = ("undo", "redo", "palette", "lock", "quit", "group", "sort")


class KinderApp(CrashSafeApp):
    """The program. It owns the store and who is at the keyboard; the screens do the rest."""

    CSS_PATH = "app.tcss"
    TITLE = "kindertui"
    ENABLE_COMMAND_PALETTE = False  # Textual's own offers a screenshot: children's data on the disk
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"pressed('{name}')", priority=True, show=False) for name in _GLOBAL for key in BY_ID[name].keys
    ]

    def __init__(self, locations: Locations, *, by: str | None = None) -> None:
        check_year()
        store = Store(locations)
        try:
            location = queries.location(store.reader)
            policy = profile.load(location.profile, locations.overrides)
        except BaseException:
            store.close()
            raise
        staff = queries.staff(store.reader)
        person = next((one for one in staff if one.name == by), None)
        if person is not None:
            # nobody has to be asked: the first screen is the group
            self.DEFAULT_MODE = "roster"  # type: ignore[misc]
        super().__init__()
        language = i18n.from_environment() or location.language
        i18n.use(language)
        self.state = state = AppState(store, location, queries.zone_of(location), policy, language)
        self.places = Places(state)
        self.effort, self.changes = EffortTimer(state), ChangeWatcher(state)
        self.sign_in = SignIn(self, state, self.places)
        self.keys = KeyQueue(self, super().on_event, self._ready_for, self.crash)
        state.is_hidden = lambda: self.locked
        state.next_key, state.unsaved_changed = self.keys.next_key, self._show_unsaved
        self._looking: Timer | None = None
        self._output_filter = OutputFilter()
        state.read_people()
        state.group_id = state.groups[0].id if state.groups else None
        if person is not None:
            self.sign_in.seat(person)
        for place in PLACES:
            if place != self.DEFAULT_MODE:
                self.add_mode(place, partial(self.places.make, place))
        self.register_theme(theme.DARK)
        self.register_theme(theme.LIGHT)
        # set, not assigned: the style sheet is read once and not twice
        self.set_reactive(App.theme, "kindertui-dark")
        self.stylesheet.set_variables(self.get_css_variables())

    def get_line_filters(self) -> list[LineFilter]:
        """Textual's own, and behind them the one that lets no control character through."""
        return [*super().get_line_filters(), self._output_filter]

    # -- beginning and end ---------------------------------------------------------------------------------------

    def get_default_screen(self) -> Screen[Any]:
        """The group, where nobody has to be asked: as the default screen it spares a second reading of the styles."""
        return self.places.make("roster") if self.DEFAULT_MODE == "roster" else super().get_default_screen()

    def on_mount(self) -> None:
        if self.DEFAULT_MODE == "roster":
            self.add_mode("roster", partial(self.places.make, "roster"))
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):  # not in the main thread (tests)
                loop.add_signal_handler(number, self._leave_now, number)
        if self.state.actor is None:
            self.sign_in.ask()
        else:
            self.sign_in.ask_first()  # before the first key
        self.changes.begin()
        self.set_interval(effort_timer.EVERY, self.effort.keep)
        self.set_interval(draft_keeper.EVERY, self._try_again)

    def on_painted(self, event: Painted) -> None:
        """The first place is on the screen: now there is time for what the first write needs."""
        if not gc.isenabled():
            gc.freeze()
            gc.enable()
            # once more when the writers are loaded: a collection that walks all they brought keeps a key waiting
            self.set_timer(_LOADED, gc.freeze)
        if self._looking is None:  # not before: what a look reads brings modules that the first frame does without
            self._looking = self.set_interval(change_watcher.EVERY, self._look)
        if self.state.news is not None and (front := self._in_front()) is not None:
            from kindertui.screens.backups import tell  # for whoever has restored

            tell(front)
        self.state.store.warm(_load_the_rest)
        self.sign_in.bring_back_unsaved()
        self.set_timer(0.05, self._count)  # after what was drawn has reached the terminal

    def exit(self, *args: Any, **kwargs: Any) -> None:
        """Leaves, with what was counted on its way to the disk; the store waits for its queue when it closes."""
        self.effort.keep()
        super().exit(*args, **kwargs)

    async def action_quit(self) -> None:
        self.action_pressed("quit")

    def _leave_now(self, number: int) -> None:
        """A signal: drafts are kept, the queue is emptied, the terminal is put back, and the exit status says which."""
        self.keep_drafts()
        self.exit(return_code=128 + number)

    def keep_drafts(self) -> None:
        """Keeps what is typed on the open places and on the sheet in front."""
        if self.state.actor is not None:
            for screen in self.places.open():
                screen.keep_draft()
            self._keep_in_front()

    def _keep_in_front(self) -> bool:
        """Keeps what is typed on the screen in front, a place or a sheet; says whether it was new."""
        keep = getattr(self.screen, "keep_draft", None) if self.screen_stack else None
        return keep is not None and self.screen.is_mounted and bool(keep())

    def _try_again(self) -> None:
        """What the disk did not take is given to it again when it is time."""
        self.state.drafts.again()
        if self.state.not_saved and self.sign_in.clock_is_sure:
            self.state.unsaved.again()

    def _show_unsaved(self, saved: "UnsavedLine | None") -> None:
        """Shows which lines are not saved by now; `saved` is one that was, after all."""
        place, actor = self.places.at(self.current_mode), self.state.actor
        if self.locked or place is None or not place.is_attached:
            return
        if saved is not None:
            if actor is not None and saved.owner_id == actor.staff_id:
                place.status.saved_since(saved.label)
            self.on_changed()
        place.show_head()
        if (show := getattr(self.screen, "show_unsaved", None)) is not None and self.screen.is_mounted:
            show()

    def crash_log(self) -> Path:
        """Where the last-resort handler writes its line."""
        return self.state.store.locations.log

    # -- keys ----------------------------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """What is typed goes through the one door for keys; everything else goes Textual's own way."""
        if not isinstance(event, Typed) or event.is_forwarded:
            await super().on_event(event)
            return
        if isinstance(event, events.Key):
            self._count_effort(event)
            if event.key in BY_ID["lock"].keys and not self.keys.idle:
                self.set_timer(_LOCK_PATIENCE, partial(self._lock_overtakes, event))
        self.keys.put(event)

    def _count_effort(self, event: events.Key) -> None:
        """Counts the keys typed where the day is written."""
        if self.current_mode in LINE_PLACES and not self.locked:
            self.effort.pressed(event.time)
            if event.key in ENTER:
                self.state.store.warm()  # awake by the time the line has been read once more

    async def _ready_for(self, event: Typed) -> None:
        """Waits for the acts that earlier keys began; a line may be typed on while the one before it is saved."""
        screen, overtaken = self.screen, {BACKGROUND}
        adds_to_line = isinstance(screen, PlaceScreen) and screen.entry.takes(event)
        if adds_to_line or (isinstance(event, events.Key) and event.key in _BEHIND_SAVES):
            overtaken.add(SAVING)
        while not self.locked and any(one.group not in overtaken for one in self.workers):
            await asyncio.sleep(_LOOK_AGAIN)

    def _lock_overtakes(self, event: Typed) -> None:
        if self.keys.overtake(event):
            self.action_pressed("lock")

    def action_pressed(self, command: str, args: str = "") -> None:
        """A command that is the same everywhere, for the lock, the place or the sheet in front."""
        screen = self.screen
        if isinstance(screen, WhoScreen) or (len(self.screen_stack) == 1 and not isinstance(screen, PlaceScreen)):
            if (
                command == "quit"
            ):  # of the last only in the blink before somebody is asked, or before the group is shown
                self.exit(return_code=0)
        elif command == "lock":
            self.keep_drafts()
            self.effort.keep()
            self.sign_in.lock()
        elif isinstance(screen, PlaceScreen):
            screen.call_later(screen.do, BY_ID[command], args)  # in the place's own turn: its disk may be slow
        elif command == "quit":
            self._keep_in_front()
            screen.dismiss(None)
        else:  # a sheet that means something else by it
            screen.call_later(screen.run_action, command)

    async def on_go(self, event: Go) -> None:
        if not self.locked:  # asked for just before the screen was locked
            await self.switch_mode(event.place)

    def on_wanted(self, event: Wanted) -> None:
        """A place or a sheet wants a command of all places done."""
        from kindertui.screens.commands import COMMANDS  # the first frame pays for none of them

        screen = self.screen
        if event.command == "lock" or not isinstance(screen, PlaceScreen):
            self.action_pressed(event.command, event.args)
        else:
            screen.call_later(COMMANDS[event.command], screen, event.args)

    @property
    def locked(self) -> bool:
        """Whether somebody has to say who they are first."""
        return bool(self.screen_stack) and isinstance(self.screen_stack[-1], WhoScreen)

    def push_screen(self, screen: Screen[Any] | str, *args: Any, **kwargs: Any) -> Any:
        """Textual's own, but that nothing comes in front of the lock.

        A sheet that was asked for in the moment before it is not shown, and not kept for the next person either.
        """
        if self.locked and not isinstance(screen, WhoScreen):
            return AwaitComplete()
        return super().push_screen(screen, *args, **kwargs)

    # -- what others did -----------------------------------------------------------------------------------------

    def _look(self) -> None:
        # a lost disk shows at the next act, with a sentence; not here, twice a second
        with contextlib.suppress(Exception):
            # what is typed is kept with each look: a killed process loses a second of it, no more
            if self.changes.poll(drafted=self._keep_in_front()):
                self.on_changed()
            if (front := self._in_front()) is not None:
                self.sign_in.look_at_clock()
                if self.state.store.took_back():
                    front.status.say(taken_back_words(), "due")

    def on_changed(self, event: Changed | None = None) -> None:
        """Shows what changed, on the screen that is in front."""
        self.state.read_people()
        self.state.cache.read()  # the line on top counts the group on every place, also where the group is not shown
        self._count()
        if (front := self._in_front()) is not None:
            front.refresh_all()

    def _count(self) -> None:
        """What stands on top of every place: what waits, and which look at a sleeper is late."""
        place = self.places.at(self.current_mode)
        if place is None or self.locked or not place.is_attached:  # left within a blink of the first frame
            return
        self.state.attention.count_waiting()
        self.state.attention.read_sleep_checks()
        owing = self.state.attention.missing
        self.state.attention.read_missing(anew=True)
        place.show_head()  # also behind a sheet, which leaves the top in sight
        if self.state.attention.missing != owing and place is self._in_front():
            place.show()

    def _in_front(self) -> PlaceScreen | None:
        """The place in front; None behind a sheet or the lock, and while the program leaves."""
        front = self.screen_stack[-1] if self.screen_stack else None
        return front if isinstance(front, PlaceScreen) and front.ready else None


def _load_the_rest() -> None:
    """Imports what the first key and the first command need, so that neither waits for it, and closes the memory."""
    process.hide_memory()
    for module in ("kindertui.screens.entry.controller", "kindertui.screens.commands"):
        import_module(module)


def run(locations: Locations, *, by: str | None = None) -> int:
    """Opens the screens; gives back the exit code. Raises DatabaseFault when there is nothing to open."""
    gc.disable()  # until the first frame: measured, a sixth of the start
    app = KinderApp(locations, by=by)
    while True:
        try:
            app.run()
        finally:
            said = app.state.leave()
            app.state.store.close()
        if said:
            sys.stderr.write(said + "\n")
        if app.state.restoring is None:
            return app.return_code or 0
        from kindertui.screens.backups import put_in_place  # for whoever restores

        news, actor = put_in_place(app.state), app.state.actor
        app = KinderApp(locations, by=actor.name if actor is not None else None)
        app.state.news = news


__all__ = ["DatabaseFault", "KinderApp", "run"]
