"""An act in the database thread, as a screen waits for it: it is about to be committed, then it is done."""

import asyncio
import contextlib
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Soon(Generic[T]):
    """Wakes the screen at both steps. `nearly` is what the act will have done if the disk takes it: not to be shown."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._waiter: asyncio.Future[None] | None = None
        self.nearly: T | None = None

    def comes(self, nearly: T) -> None:
        """Called in the database thread before COMMIT, with what the act gives."""
        self.nearly = nearly
        self.done()

    def done(self, _act: Any = None) -> None:
        """Called in the database thread when the act is done or refused."""
        with contextlib.suppress(RuntimeError):  # the program may leave at any moment: that undoes no act
            self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def step(self, seconds: float) -> None:
        """Waits for the next of both steps, so long at most."""
        self._waiter = self._loop.create_future()
        timer = self._loop.call_later(seconds, self._wake)
        try:
            await self._waiter
        finally:
            timer.cancel()
