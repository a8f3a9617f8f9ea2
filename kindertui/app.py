"""KinderApp: the places, the look, the keys that mean the same everywhere, and the one error handler."""

import asyncio
import contextlib
import gc
import logging
import signal
import traceback
from functools import partial
from importlib import import_module
from typing import Any, ClassVar

from textual import events
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import WorkerFailed

from kindertui import i18n
from kindertui.commands import BY_ID, LINE_PLACES, PLACES, Place
from kindertui.data import queries
from kindertui.data.act import Actor, workstation
from kindertui.data.store import Store
from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.domain.people import Staff
from kindertui.i18n import _
from kindertui.locations import Locations
from kindertui.portal import profile
from kindertui.screens.app_state import AppState
from kindertui.screens.place import Changed, Go, Painted, PlaceScreen, Wanted
from kindertui.screens.support import change_watcher, effort_timer, theme
from kindertui.screens.support.change_watcher import ChangeWatcher
from kindertui.screens.support.effort_timer import EffortTimer
from kindertui.screens.support.output_filter import OutputFilter
from kindertui.screens.who import WhoScreen

_LOADED = 3.0  # seconds after which the database thread has loaded what it writes with
_GLOBAL = ("undo", "redo", "palette", "lock", "quit", "group", "sort")


class KinderApp(App[int]):
    """The program. It owns the store and who is at the keyboard; the screens do the rest."""

    CSS_PATH = "app.tcss"
    TITLE = "kindertui"
    ENABLE_COMMAND_PALETTE = False  # Textual's own offers a screenshot: children's data on the disk
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"pressed('{name}')", priority=True, show=False) for name in _GLOBAL for key in BY_ID[name].keys
    ]

    def __init__(self, locations: Locations, *, by: str | None = None) -> None:
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
        self.effort, self.changes = EffortTimer(state), ChangeWatcher(state)
        state.read_people()
        state.group_id = state.groups[0].id if state.groups else None
        if person is not None:
            self._seat(person)
        for place in PLACES:
            if place != self.DEFAULT_MODE:
                self.add_mode(place, partial(_place, place, state))
        self._filters.append(OutputFilter())
        self.register_theme(theme.DARK)
        self.register_theme(theme.LIGHT)
        # set, not assigned: the style sheet is read once and not twice
        self.set_reactive(App.theme, "kindertui-dark")
        self.stylesheet.set_variables(self.get_css_variables())

    # -- beginning and end ---------------------------------------------------------------------------------------

    def get_default_screen(self) -> Screen[Any]:
        """The group, where nobody has to be asked: as the default screen it spares a second reading of the styles."""
        return _place("roster", self.state) if self.DEFAULT_MODE == "roster" else super().get_default_screen()

    def on_mount(self) -> None:
        if self.DEFAULT_MODE == "roster":
            self.add_mode("roster", partial(_place, "roster", self.state))
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):  # not in the main thread (tests)
                loop.add_signal_handler(number, self._leave_now, number)
        if self.state.actor is None:
            self.push_screen(self._who(), self._begin)
        self.changes.begin()
        self.set_interval(change_watcher.EVERY, self._look)
        self.set_interval(effort_timer.EVERY, self.effort.keep)

    async def on_event(self, event: events.Event) -> None:
        """Every key comes by here once, before anybody handles it: those typed where the day is written are counted."""
        typed = event if isinstance(event, events.Key) and not event.is_forwarded else None
        if typed is not None and self._current_mode in LINE_PLACES and not self._locked():
            self.effort.pressed(typed.time)
            if typed.key in ("enter", "ctrl+j"):
                self.state.store.warm()  # awake by the time the line has been read once more
        await super().on_event(event)

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """Textual's own, but that keys which write are asked of nobody first: they are nobody's priority."""
        return not (priority and (len(key) == 1 or key == "enter")) and await super()._check_bindings(key, priority)

    def exit(self, *args: Any, **kwargs: Any) -> None:
        """Leaves, with what was counted on its way to the disk; the store waits for its queue when it closes."""
        self.effort.keep()
        super().exit(*args, **kwargs)

    def on_painted(self, event: Painted) -> None:
        """The first place is on the screen: now there is time for what the first write needs."""
        if not gc.isenabled():
            gc.freeze()
            gc.enable()
            # once more when the writers are loaded: a collection that walks all they brought keeps a key waiting
            self.set_timer(_LOADED, gc.freeze)
        self.state.store.warm()
        self.set_timer(0.05, self._count)  # after what was drawn has reached the terminal

    def _who(self, sentence: str = "") -> WhoScreen:
        last = self.state.actor.staff_id if self.state.actor else None
        return WhoScreen(self.state.staff, self.state.location.name, last, sentence)

    def _begin(self, person: Staff | None) -> None:
        if person is None:
            return
        if not person.id:
            self.run_worker(self._welcome(person.name), exit_on_error=False)
            return
        if self.state.actor is not None:
            self.state.store.settle(1.0)  # the drafts that the lock sent to the database are brought back from there
        if self._seat(person):
            for screen in self._open_places():
                screen.entry.forget()
                screen.say("")  # what the one before had done is no news for the next
        if not isinstance(self.screen, PlaceScreen):
            self.switch_mode("roster")
        self.state.read_looks()
        for screen in self._open_places():
            screen.bring_back_draft()
            screen.refresh_all()

    async def _welcome(self, name: str) -> None:
        """Puts a new name on the staff list, and who bears it at the keyboard."""
        from kindertui.data.creation import SYSTEM
        from kindertui.data.roster import add_staff
        from kindertui.phrases.refused import sentence

        try:
            person = await self.state.store.run(add_staff, Actor(SYSTEM, SYSTEM, workstation()), name)
        except (DatabaseFault, Refused) as error:
            self.push_screen(self._who(sentence(error)), self._begin)
            return
        self.state.read_people()
        self._begin(person)

    def _seat(self, person: Staff) -> bool:
        """Puts a person at the keyboard, in their own group; says whether it is another one than before."""
        state = self.state
        if state.actor is not None and state.actor.staff_id == person.id:
            return False
        state.actor = Actor(person.id, person.name, workstation())
        state.group_id = person.group_id  # who has no group of their own sees all
        state.marked, state.saved, state.begun = frozenset(), "", None
        state.unlocked = False
        return True

    def _open_places(self) -> list[PlaceScreen]:
        screens = (screen for stack in self._screen_stacks.values() for screen in stack)
        return [screen for screen in screens if isinstance(screen, PlaceScreen) and screen.ready]

    async def action_quit(self) -> None:
        await self.action_wanted("quit")

    def _leave_now(self, number: int) -> None:
        """A signal: drafts are kept, the queue is emptied, the terminal is put back, and the exit status says which."""
        self._keep_drafts()
        self.exit(return_code=128 + number)

    def _keep_drafts(self) -> None:
        if self.state.actor is not None:
            for screen in self._open_places():
                screen.keep_draft()
            self._keep_in_front()

    def _keep_in_front(self) -> bool:
        """Keeps what is typed on the screen in front, a place or a sheet; says whether it was new."""
        keep = getattr(self.screen, "keep_draft", None)
        return keep is not None and self.screen.is_mounted and bool(keep())

    def _handle_exception(self, error: Exception) -> None:
        # Textual's own handler prints local variables: a child's name, a note. One sentence, and no values in the log.
        if isinstance(error, WorkerFailed) and isinstance(error.error, Exception):
            error = error.error
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._return_code = 3
        frames = traceback.extract_tb(error.__traceback__)
        where = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-4:]))
        _log(self.state.store.locations, f"{type(error).__name__} at {where}")
        self._keep_drafts()
        self.panic(
            _("Something went wrong and kindertui had to stop. What was saved is safe, and what you typed is kept.")
        )

    # -- what others did -----------------------------------------------------------------------------------------

    def _look(self) -> None:
        # a lost disk shows at the next act, with a sentence; not here, twice a second
        with contextlib.suppress(Exception):
            # what is typed is kept with each look: a killed process loses a second of it, no more
            if self.changes.poll(drafted=self._keep_in_front()):
                self.on_changed()

    def on_changed(self, event: Changed | None = None) -> None:
        """Shows what changed, on the screen that is in front."""
        self.state.read_people()
        self.state.read()  # the line on top counts the group on every place, also where the group is not shown
        self._count()
        if (front := self._in_front()) is not None:
            front.refresh_all()

    def _count(self) -> None:
        """What stands on top of every place: what waits, and which look at a sleeper is late."""
        stack = self._screen_stacks.get(self._current_mode, [])
        behind = next((screen for screen in reversed(stack) if isinstance(screen, PlaceScreen) and screen.ready), None)
        if behind is None or any(isinstance(screen, WhoScreen) for screen in stack):
            return
        self.state.count_waiting()
        self.state.read_looks()
        owing = self.state.owing
        self.state.read_owing(anew=True)
        behind.show_head()  # also behind a sheet, which leaves the top in sight
        if self.state.owing != owing and behind is self._in_front():
            behind.show()

    def _in_front(self) -> PlaceScreen | None:
        """The place in front; None behind a sheet or the lock, and while the program leaves."""
        stack = self._screen_stacks.get(self._current_mode)
        front = stack[-1] if stack else None
        return front if isinstance(front, PlaceScreen) and front.ready else None

    # -- what screens want ---------------------------------------------------------------------------------------

    async def on_go(self, event: Go) -> None:
        if isinstance(self.screen, WhoScreen):  # asked for just before the screen was locked
            return
        await self.switch_mode(event.place)

    async def on_wanted(self, event: Wanted) -> None:
        await self.action_wanted(event.command, event.args)

    async def action_pressed(self, command: str) -> None:
        """A key of the whole program, which comes by here before the line has heard the keys typed just before it."""
        screen = self.screen
        if command in ("undo", "redo") and isinstance(screen, PlaceScreen):
            # behind an Enter that is still on its way: what it saves is what is taken back
            screen.entry.call_later(screen.call_later, self._in_turn, screen, command, self.state.actor)
        else:
            await self.action_wanted(command)

    async def _in_turn(self, screen: PlaceScreen, command: str, actor: Actor | None) -> None:
        if self.state.actor is actor:  # a slow disk may have let somebody else come to the keyboard
            await self._on_place(screen, command)

    async def action_wanted(self, command: str, args: str = "") -> None:
        """A command that belongs to the whole program, or to the place in front."""
        screen = self.screen
        if isinstance(screen, WhoScreen):
            if command == "quit":
                self.exit(return_code=0)
            return
        if command == "lock":
            self._lock()
        elif isinstance(screen, PlaceScreen):
            await self._on_place(screen, command, args)
        elif (method := getattr(screen, f"do_{command}", None)) is not None:  # a sheet that means something else by it
            method()
        elif command == "quit":
            self._keep_in_front()
            screen.dismiss(None)

    async def _on_place(self, screen: PlaceScreen, command: str, args: str = "") -> None:
        if getattr(screen, f"do_{command}", None) is not None:
            await screen.do(BY_ID[command], args)
        elif BY_ID[command].at(screen.PLACE):
            from kindertui.screens.commands import ACTS

            await ACTS[command](screen, args)

    def push_screen(self, screen: Screen[Any] | str, *args: Any, **kwargs: Any) -> Any:
        """Textual's own, but that nothing comes in front of the lock.

        A sheet that was asked for in the moment before it is not shown, and not kept for the next person either.
        """
        if self._locked() and not isinstance(screen, WhoScreen):
            return AwaitComplete()
        return super().push_screen(screen, *args, **kwargs)

    def _locked(self) -> bool:
        stack = self._screen_stacks.get(self._current_mode)
        return stack is not None and bool(stack) and isinstance(stack[-1], WhoScreen)

    def _lock(self) -> None:
        self._keep_drafts()
        self.effort.keep()
        self.state.unlocked = False
        while isinstance(self.screen, Screen) and not isinstance(self.screen, PlaceScreen):
            self.pop_screen()  # a dialog's text was kept with the drafts
        for screen in self._open_places():
            screen.entry.value = ""
        self.push_screen(self._who(), self._begin)


def _place(place: Place, state: AppState) -> PlaceScreen:
    """A place's screen, loaded when it is first gone to: the first frame pays for no other."""
    room = import_module(f"kindertui.screens.places.{place}")
    screen: PlaceScreen = getattr(room, f"{place.title()}Screen")(state)
    return screen


def _log(locations: Locations, line: str) -> None:
    """One line in the log: type and place, never a value."""
    try:
        handler = logging.FileHandler(locations.log, encoding="utf-8")
    except OSError:
        return  # no disk to write to: the sentence on the screen is all there can be
    logger = logging.Logger("kindertui")
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    logger.addHandler(handler)
    logger.error(line)
    handler.close()


def run(locations: Locations, *, by: str | None = None) -> int:
    """Opens the screens; gives back the exit code. Raises DatabaseFault when there is nothing to open."""
    gc.disable()  # until the first frame: measured, a sixth of the start
    app = KinderApp(locations, by=by)
    try:
        app.run()
    finally:
        app.state.store.close()
    return app.return_code or 0


__all__ = ["DatabaseFault", "KinderApp", "run"]
