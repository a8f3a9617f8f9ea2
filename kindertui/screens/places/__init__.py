"""The six places of the program, a screen each."""

from importlib import import_module

from kindertui.commands import Place
from kindertui.screens.app_state import AppState
from kindertui.screens.place import PlaceScreen


class Places:
    """Makes the screen of a place when it is first gone to, and remembers which are open."""

    def __init__(self, state: AppState) -> None:
        self._state = state
        self._made: dict[str, PlaceScreen] = {}

    def make(self, place: Place) -> PlaceScreen:
        """A new screen of a place; its module is loaded now, so that the first frame pays for no other."""
        module = import_module(f"{__name__}.{place}")
        screen: PlaceScreen = getattr(module, f"{place.title()}Screen")(self._state)
        self._made[place] = screen
        return screen

    def open(self) -> list[PlaceScreen]:
        """The places that were gone to."""
        return [screen for screen in self._made.values() if screen.ready]

    def at(self, mode: str) -> PlaceScreen | None:
        """The open place of one of the app's modes."""
        screen = self._made.get(mode)
        return screen if screen is not None and screen.ready else None
