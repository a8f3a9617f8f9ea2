"""The one door for keys: each key is handled completely before the next one is handed on.

Textual passes a key from queue to queue (app, widget, screen, app again), so a key typed right behind one that changes
the place would still reach the place that is left. Here later keys wait until the place or the sheet that was asked for
has the focus.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from textual import events
from textual.app import App
from textual.message_pump import MessagePump

Typed: TypeAlias = events.Key | events.Paste
# Groups of workers. A key waits for what earlier keys began, but for these two:
SAVING = "saving"  # a line on its way to a slow disk: the next line may be typed meanwhile
BACKGROUND = "background"  # printing: takes seconds, and nothing that is typed depends on it
ENTER = frozenset({"enter", "ctrl+j"})  # ctrl+j is the keypad's, in tmux
_STEPS = 4  # of the loop in which a widget handles and draws a key, before it is asked whether it is done
_LOOK_AGAIN = 0.1  # seconds after which it is asked whether a widget that is waited for is still on the way


class KeyQueue:
    """Holds what was typed until the app has come to rest, then hands it on, one event at a time and in order.

    `hand_on` gives an event to the app. `ready` waits for whatever that event must not overtake. `failed` hears of an
    exception.
    """

    def __init__(
        self,
        app: App[int],
        hand_on: Callable[[Typed], Awaitable[None]],
        ready: Callable[[Typed], Awaitable[None]],
        failed: Callable[[Exception], None],
    ) -> None:
        self._app = app
        self._hand_on, self._ready, self._failed = hand_on, ready, failed
        self._waiting: deque[Typed] = deque()
        self._task: asyncio.Task[None] | None = None

    @property
    def count(self) -> int:
        """How many events wait to be handed on."""
        return len(self._waiting)

    @property
    def idle(self) -> bool:
        """Whether everything that was typed has been handled."""
        return self._task is None

    def next_key(self) -> str | None:
        """What was typed before what is shown now could be seen: the key ("paste" for a paste), None for nothing."""
        event = next(iter(self._waiting), None)
        return None if event is None else event.key if isinstance(event, events.Key) else "paste"

    def put(self, event: Typed) -> None:
        """Takes what was typed; it is handed on when all before it has been handled."""
        self._waiting.append(event)
        if self._task is None:
            self._task = asyncio.create_task(self._work(), name="keys")

    def overtake(self, event: Typed) -> bool:
        """Drops an event that still waits, and all that wait before it; says whether it did wait."""
        if event not in self._waiting:
            return False
        while self._waiting.popleft() is not event:
            pass
        return True

    async def _work(self) -> None:
        try:
            while self._waiting and self._app.is_running:
                event = self._waiting[0]
                await self._ready(event)
                if self._waiting and self._waiting[0] is event:  # else it was overtaken
                    self._waiting.popleft()
                    await self._hand_on(event)
                    await self._rest()
        except Exception as error:
            self._failed(error)
        finally:
            self._task = None

    async def _rest(self) -> None:
        """Waits until no widget on the way from the focus up to the app has a message left, and the focus stays."""
        for _step in range(_STEPS):
            await asyncio.sleep(0)
        while self._app.is_running:
            pumps = self._pumps()
            # two rounds: what one of them says in the first has been heard by the end of the second
            for pump in (*pumps, *pumps):
                await self._turn(pump)
            if pumps == self._pumps() and not any(pump.message_queue_size for pump in pumps):
                return

    def _pumps(self) -> list[MessagePump]:
        """The widgets a key goes through: the focused one, all that contain it, and the app."""
        stack = self._app.screen_stack
        if not stack:  # the app is leaving
            return [self._app]
        return [*(stack[-1].focused or stack[-1]).ancestors_with_self]

    async def _turn(self, pump: MessagePump) -> None:
        """Waits until a widget has handled what is in its queue now, or is no longer on the way."""
        done = asyncio.Event()
        if not pump.call_later(done.set):  # it is closing
            return
        while not done.is_set() and self._app.is_running and pump in self._pumps():
            try:
                async with asyncio.timeout(_LOOK_AGAIN):
                    await done.wait()
            except TimeoutError:
                continue
