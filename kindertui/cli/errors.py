"""What went wrong, as sentences on stderr and an exit code; the last resort writes type and place to the log only."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

DONE, REFUSED, MISUSE, UNUSABLE = 0, 1, 2, 3


class Stop(Exception):
    """Ends the verb with these sentences on stderr and this exit code."""

    def __init__(self, *sentences: str, code: int = REFUSED) -> None:
        super().__init__("stopped")  # the sentences hold people's names: they never reach a log by way of str()
        self.sentences = sentences
        self.code = code


def tell(*sentences: str) -> None:
    """Writes sentences to stderr, each on one line, with nothing in them that could move the terminal's cursor."""
    from kindertui.text import clean_for_screen

    for sentence in sentences:
        print(" ".join(clean_for_screen(sentence).split()), file=sys.stderr)


def stopped(error: Stop) -> int:
    """Tells and gives the exit code."""
    tell(*error.sentences)
    return error.code


def unwritable(error: OSError) -> int:
    """The answer could not be written out (a full disk behind `>`): what was to be saved had been saved before."""
    from kindertui.phrases import cli as phrases

    # closing stdout at exit would fail once more, with a traceback
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    tell(phrases.answer_unwritable(error.strerror or ""))
    return UNUSABLE


def unforeseen(error: BaseException) -> int:
    """The last resort: one sentence on stderr; the exception's type and where it was raised in the log, no values."""
    from kindertui import locations
    from kindertui.phrases import cli as phrases

    path = locations.find().log
    try:
        _log(path, error)
    except OSError:
        tell(phrases.unforeseen(type(error).__name__, ""))
    else:
        tell(phrases.unforeseen(type(error).__name__, str(path)))
    return UNUSABLE


def _log(path: Path, error: BaseException) -> None:
    from datetime import UTC, datetime

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        for line in _places(error):
            file.write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {line}\n")


def _places(error: BaseException) -> Iterable[str]:
    # only types, files and line numbers: a message or a local variable may hold a child's name
    trace = error.__traceback__
    where = []
    while trace is not None:
        code = trace.tb_frame.f_code
        where.append(f"{'/'.join(Path(code.co_filename).parts[-2:])}:{trace.tb_lineno}")
        trace = trace.tb_next
    yield f"{type(error).__name__} at {' < '.join(reversed(where))}"
    if error.__cause__ is not None:
        yield from _places(error.__cause__)
