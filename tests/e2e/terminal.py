"""A real pseudo-terminal: the program in it, keys sent to it, its bytes, and what a terminal makes of them."""

import os
import signal
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import pexpect
import pyte

from kindertui.locations import Locations

PATIENCE = 20.0  # seconds before a program that does not get there is given up
ENTER, ESC, CTRL_J, CTRL_L, CTRL_P, CTRL_Q, CTRL_Z = "\r", "\x1b", "\n", "\x0c", "\x10", "\x11", "\x1a"
_SIGNALS = {int(one): f"signal {one.name}" for one in signal.Signals}


class Terminal:
    """One program in one terminal of `columns` by `rows`; `raw` is every byte that came out of it."""

    def __init__(
        self, place: Locations, arguments: Sequence[str], environment: Mapping[str, str], columns: int, rows: int
    ) -> None:
        # COLUMNS and LINES of the terminal that the tests run in would be believed before this one's own size
        strange = ("TEXTUAL", "NO_COLOR", "COLUMNS", "LINES", "PYTHONDONTWRITEBYTECODE", "KINDERTUI")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(strange)}
        given = {"TERM": "xterm-256color", "KINDERTUI_HOME": str(place.data), "KINDERTUI_LANGUAGE": "en", **environment}
        self.raw = bytearray()
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._child: pexpect.spawn[bytes] = pexpect.spawn(
            sys.executable, list(arguments), env={**kept, **given}, dimensions=(rows, columns), echo=True
        )
        self._child.delaybeforesend = None
        self.cooked = termios.tcgetattr(self._child.child_fd)

    @property
    def text(self) -> str:
        """What stands on the screen, line by line."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def pid(self) -> int:
        """The program's process."""
        return self._child.pid or 0

    def send(self, keys: str) -> None:
        self._child.send(keys)

    def resize(self, columns: int, rows: int) -> None:
        self._screen.resize(rows, columns)
        self._child.setwinsize(rows, columns)

    def kill(self, number: int) -> None:
        os.kill(self.pid, number)

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Reads until the condition holds; fails with what stands on the screen."""
        limit = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > limit or not self._read():
                raise AssertionError(f"not seen: {what}\n{self.text}")

    def wait_for(self, *texts: str) -> None:
        """Reads until all of these stand on the screen."""
        self.until(lambda: all(text in self.text for text in texts), " and ".join(texts))

    def wait_gone(self, text: str) -> None:
        """Reads until this stands on the screen no more."""
        self.until(lambda: text not in self.text, f"no {text}")

    def enter(self, line: str, seen: str) -> None:
        """Types a line, presses Enter and waits for what it says then."""
        self.send(line)
        self.wait_for(f"› {line}")
        self.send(ENTER)
        self.wait_for(seen)

    def status(self) -> int:
        """Reads to the end; gives the exit status."""
        self.until_end()
        self._child.wait()
        assert self._child.exitstatus is not None, _SIGNALS.get(self._child.signalstatus or 0)
        return self._child.exitstatus

    def until_end(self) -> None:
        limit = time.monotonic() + PATIENCE
        while self._read():
            assert time.monotonic() < limit, f"it does not end\n{self.text}"

    def close(self) -> None:
        self._child.close(force=True)

    def _read(self) -> bool:
        try:
            found = self._child.read_nonblocking(65536, timeout=0.05)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += found
        self._stream.feed(found)
        return True


@contextmanager
def terminal(
    place: Locations,
    *arguments: str,
    size: tuple[int, int] = (120, 36),
    environment: Mapping[str, str] | None = None,
) -> Iterator[Terminal]:
    """The program (or `python` with these arguments) in a terminal; ended at the end, whatever happened."""
    opened = Terminal(place, arguments or ("-m", "kindertui"), environment or {}, *size)
    try:
        yield opened
    finally:
        opened.close()
