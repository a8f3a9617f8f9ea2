"""Keeps what the stopwatch counts: once a minute, on locking and on leaving, and never while a key is handled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kindertui.data.act import Actor
from kindertui.domain.effort import Stopwatch
from kindertui.screens.app_state import AppState

if TYPE_CHECKING:
    from concurrent.futures import Future

EVERY = 60.0  # seconds


class EffortTimer(Stopwatch):
    """The stopwatch of the whole program. It does not know who is at the keyboard."""

    def __init__(self, state: AppState) -> None:
        super().__init__()
        self._state = state
        self._writing: tuple[Future[None], int, int] | None = None

    def keep(self) -> None:
        """Adds what was counted to the day's figures; what could not be written the last time is counted again."""
        from kindertui.data.effort import add_effort

        if self._writing is not None and self._writing[0].done():
            if self._writing[0].exception() is not None:
                self.give_back(*self._writing[1:])
            self._writing = None
        if not self.keys or self._writing is not None:
            return
        keys, seconds = self.take()
        state = self._state
        writing = state.store.submit(add_effort, Actor("", ""), state.now().date(), keys, seconds)
        self._writing = (writing, keys, seconds)
