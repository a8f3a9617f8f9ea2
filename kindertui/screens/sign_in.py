"""Who is at the keyboard: asked at the start and behind the lock, and put into the state of the program."""

from datetime import datetime
from typing import Any

from textual.app import App

from kindertui.data import queries
from kindertui.data.act import Actor, workstation
from kindertui.domain import clock
from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.domain.people import Staff
from kindertui.i18n import _
from kindertui.screens.app_state import AppState
from kindertui.screens.draft_keeper import UNSAVED
from kindertui.screens.place import PlaceScreen
from kindertui.screens.places import Places
from kindertui.screens.who import WhoScreen


class SignIn:
    """Asks for the person and shows the places to them."""

    def __init__(self, app: App[Any], state: AppState, places: Places) -> None:
        self._app, self._state, self._places = app, state, places
        self._sure_at: datetime | None = None  # when the clock was last known to be right
        self._asking = False  # whether it is

    def ask(self, sentence: str = "") -> None:
        """Covers everything until somebody says who they are; `sentence` is why the name before was refused."""
        last = self._state.actor.staff_id if self._state.actor else None
        self._app.push_screen(WhoScreen(self._state.staff, self._state.location.name, last, sentence), self._begin)

    def lock(self) -> None:
        """Hides everything at once; sheets close, and what was typed in them and on the lines was kept as drafts."""
        self._state.unlocked = False
        while not isinstance(self._app.screen, PlaceScreen):
            self._app.pop_screen()
        for screen in self._places.open():
            screen.entry.value = ""
        self.ask()

    def seat(self, person: Staff) -> bool:
        """Puts a person at the keyboard, in their own group; says whether it is another one than before."""
        state = self._state
        if state.actor is not None and state.actor.staff_id == person.id:
            return False
        state.actor = Actor(person.id, person.name, workstation())
        state.group_id = person.group_id  # who has no group of their own sees all
        state.marked, state.saved, state.begun, state.returning = frozenset(), "", None, None
        state.unlocked = False
        return True

    def ask_first(self) -> None:
        """What must be known before anything is written: is the clock right, and are entries missing?"""
        self._sure_at = None
        if not self.look_at_clock():
            self._tell_what_is_missing()

    def look_at_clock(self) -> bool:
        """Asks whether the clock is right, where it may not be; says whether it is asked now."""
        state = self._state
        if self._asking or state.actor is None:
            return self._asking
        now = state.now()
        last = self._sure_at or queries.last_written(state.store.reader, state.zone)
        doubt = clock.doubt(now, last)
        if doubt is None:
            self._sure_at = max(now, self._sure_at or now)  # or a clock could go back little by little
            return False
        from kindertui.phrases.clock_doubt import clock_words
        from kindertui.screens.sheets.notice import NoticeSheet

        self._asking = True
        lines = [(words, "due") for words in clock_words(doubt, now, last)]
        sheet = NoticeSheet(_("Is the clock right?"), lines, answer=_("yes, it is"), leave=_("no"))
        self._app.push_screen(sheet, self._clock_answered)
        return True

    def _clock_answered(self, right: bool | None) -> None:
        self._asking = False
        if right is None:  # nobody writes by a clock that is wrong
            self.lock()
        elif right:
            self._sure_at = self._state.now()
            self.bring_back_unsaved()
            self._tell_what_is_missing()

    def _tell_what_is_missing(self) -> None:
        since = self._state.store.head.check(self._state.store.reader).missing_since
        if since is not None:
            from kindertui.screens.sheets.missing_entries import MissingEntriesSheet

            self._app.push_screen(MissingEntriesSheet(self._state, since))

    def _begin(self, person: Staff | None) -> None:
        if person is None:
            return
        if not person.id:
            self._app.run_worker(self._welcome(person.name), exit_on_error=False)
            return
        if self.seat(person):
            for screen in self._places.open():
                screen.entry.forget()
                screen.status.say("")  # what the one before had done is no news for the next
        if not isinstance(self._app.screen, PlaceScreen):
            self._app.switch_mode("roster")
        self._state.attention.read_sleep_checks()
        for screen in self._places.open():
            screen.bring_back_draft()
            screen.refresh_all()
        self.ask_first()
        self.bring_back_unsaved()

    @property
    def clock_is_sure(self) -> bool:
        """Whether nothing speaks against the clock, or somebody said that it is right."""
        return self._sure_at is not None and not self._asking

    def bring_back_unsaved(self) -> None:
        """What whoever is at the keyboard left unsaved is tried again; where there is nothing, nothing is loaded."""
        state = self._state
        if self.clock_is_sure and state.actor is not None and state.drafts.places(state.actor.staff_id, UNSAVED):
            state.unsaved.bring_back()

    async def _welcome(self, name: str) -> None:
        """Puts a new name on the staff list, and who bears it at the keyboard."""
        from kindertui.data.act import SYSTEM
        from kindertui.data.roster import add_staff
        from kindertui.phrases.refused import sentence

        try:
            person = await self._state.store.run(add_staff, Actor(SYSTEM, SYSTEM, workstation()), name)
        except (DatabaseFault, Refused) as error:
            self.ask(sentence(error))
            return
        self._state.read_people()
        self._begin(person)
