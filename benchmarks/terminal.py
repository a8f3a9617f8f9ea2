"""A real pseudo-terminal: starts a program in it, sends keys, and waits for what it draws."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping, Sequence

ROWS, COLUMNS = 24, 80
PATIENCE = 20.0  # seconds before a program that draws nothing is given up


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

    def wait_for(self, mark: bytes) -> float:
        """Seconds from now (or from the start, for the first) until `mark` was drawn."""
        limit = time.perf_counter() + PATIENCE
        while mark not in self.seen:
            self._read(limit)
        return time.perf_counter()

    def settle(self, seconds: float = 0.3) -> None:
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

    def close(self) -> None:
        """Ends the program."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.handle)

    def _read(self, limit: float) -> None:
        ready, _, _ = select.select([self.handle], [], [], max(0.0, limit - time.perf_counter()))
        if not ready:
            raise TimeoutError("the program drew nothing")
        try:
            self.seen += os.read(self.handle, 65536)
        except OSError as error:
            raise TimeoutError("the program ended") from error
