"""What happens when something goes wrong that nobody expected: one sentence on the screen, no values in the log.

Uses private parts of Textual, checked with 8.2.8 (tests/e2e/test_terminal.py): `App._handle_exception` is the one
place every exception of a widget comes to, and prints local variables, which hold names and notes; `_exception`,
`_exception_event` and `_return_code` are what it leaves for whoever waits for the app.
"""

import logging
import traceback
from pathlib import Path

from textual.app import App
from textual.worker import WorkerFailed

from kindertui.i18n import _

CRASHED = 3  # exit status


class CrashSafeApp(App[int]):
    """Ends with one sentence instead of a traceback. A subclass says where the log is and what is kept."""

    def crash_log(self) -> Path:
        """The file that gets a line with the type of the error and the functions it came through."""
        raise NotImplementedError

    def keep_drafts(self) -> None:
        """Keeps what is typed anywhere; called before the app ends."""
        raise NotImplementedError

    def _handle_exception(self, error: Exception) -> None:
        if isinstance(error, WorkerFailed) and isinstance(error.error, Exception):
            error = error.error
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._return_code = CRASHED
        frames = traceback.extract_tb(error.__traceback__)
        where = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-4:]))
        _log(self.crash_log(), f"{type(error).__name__} at {where}")
        self.keep_drafts()
        self.panic(
            _("Something went wrong and kindertui had to stop. What was saved is safe, and what you typed is kept.")
        )

    def crash(self, error: Exception) -> None:
        """Ends the app because of an error outside any widget."""
        self._handle_exception(error)


def _log(file: Path, line: str) -> None:
    try:
        handler = logging.FileHandler(file, encoding="utf-8")
    except OSError:
        return  # no disk to write to: the sentence on the screen is all there can be
    logger = logging.Logger("kindertui")
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    logger.addHandler(handler)
    logger.error(line)
    handler.close()
