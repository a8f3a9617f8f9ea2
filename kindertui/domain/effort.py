"""What writing a day down took: of the location as a whole, never of a person."""

from datetime import date

from msgspec import Struct

PAUSE = 10.0  # seconds: whoever types nothing for longer was with the children (house rule)


class Effort(Struct, frozen=True):
    """Keys pressed and seconds of typing on one day, and of how many children something was written on it."""

    day: date
    keys: int
    seconds: int
    children: int

    @property
    def keys_each(self) -> float:
        """Keys for each child-day; 0 without children."""
        return self.keys / self.children if self.children else 0.0

    @property
    def seconds_each(self) -> float:
        """Seconds for each child-day; 0 without children."""
        return self.seconds / self.children if self.children else 0.0


class Stopwatch:
    """Counts keys and the seconds between them while somebody types; nothing else is known of who or what."""

    def __init__(self) -> None:
        self.keys = 0
        self.seconds = 0.0
        self._last: float | None = None

    def pressed(self, at: float) -> None:
        """A key, `at` in seconds of a clock that never goes back."""
        self.keys += 1
        if self._last is not None and at - self._last <= PAUSE:
            self.seconds += at - self._last
        self._last = at

    def take(self) -> tuple[int, int]:
        """What was counted since the last time: keys and whole seconds; the rest of a second is counted on."""
        keys, whole = self.keys, int(self.seconds)
        self.keys, self.seconds = 0, self.seconds - whole
        return keys, whole

    def give_back(self, keys: int, seconds: int) -> None:
        """What was taken could not be kept: it counts again."""
        self.keys += keys
        self.seconds += seconds
