"""A real pseudo-terminal: starts a program in it, sends keys, and waits for what it draws."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROWS, COLUMNS = 24, 80
PATIENCE = 20.0  # seconds before a program that draws nothing is given up
BARE = [str(Path(__file__).with_name("bare.py"))]
BARE_DRAWN = "READY-MARK"


class Terminal:
    """One program in one pseudo-terminal. `started` is the instant of its fork (time.perf_counter)."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
        self.seen = b""
        self.started = time.perf_counter()
        self.pid, self.handle = pty.fork()
        if self.pid == 0:
            # without .pyc files everything starts three times slower, which nobody's installation does
            os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
            os.environ.update({"TERM": "xterm-256color", **(environment or {})})
            os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606 - no shell wanted
        fcntl.ioctl(self.handle, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *exc: object) -> None:
        """Ends the program."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.handle)

    def wait_for(self, mark: str | re.Pattern[bytes]) -> float:
        """The instant at which `mark` was drawn since the last keys were sent, or since the start."""
        pattern = re.compile(re.escape(mark.encode())) if isinstance(mark, str) else mark
        limit = time.perf_counter() + PATIENCE
        while not pattern.search(self.seen):
            self._read(limit)
        return time.perf_counter()

    def settle(self, seconds: float) -> None:
        """Reads for so long (a blinking cursor is never quiet) and forgets what was drawn."""
        limit = time.perf_counter() + seconds
        while (left := limit - time.perf_counter()) > 0:
            if select.select([self.handle], [], [], left)[0]:
                self._read(time.perf_counter() + PATIENCE)
        self.seen = b""

    def send(self, keys: str) -> float:
        """Sends keys; gives the instant they left."""
        self.seen = b""
        now = time.perf_counter()
        os.write(self.handle, keys.encode())
        return now

    def _read(self, limit: float) -> None:
        ready, _, _ = select.select([self.handle], [], [], max(0.0, limit - time.perf_counter()))
        if not ready:
            raise TimeoutError("the program drew nothing")
        try:
            self.seen += os.read(self.handle, 65536)
        except OSError as error:
            raise TimeoutError("the program ended") from error


def kindertui(home: Path, *, staff: str = "") -> Terminal:
    """The program on the location in `home`; without a name in `staff` it asks who is at the keyboard."""
    named = {"KINDERTUI_STAFF": staff} if staff else {}
    return Terminal(["-m", "kindertui"], {"KINDERTUI_HOME": str(home), "KINDERTUI_LANGUAGE": "en", **named})
