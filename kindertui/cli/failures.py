"""What ended a verb, as sentences on stderr and an exit code. Imported only when something went wrong."""

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from kindertui import locations
from kindertui.cli.errors import MISUSE, REFUSED, UNUSABLE, Stop, WrongUse, print_note
from kindertui.data.connection import told
from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.domain.policy import PolicyProblem
from kindertui.phrases import cli as phrases
from kindertui.phrases.portal import policy_words
from kindertui.phrases.refused import refused
from kindertui.portal.profile import ProfileUnknown


def report(error: Exception) -> int:
    """Prints what went wrong and gives the exit code."""
    try:
        stop = _foreseen(error)
    except Exception as second:
        return _unforeseen(second)
    if stop is None:
        return _unforeseen(error)
    print_note(*stop.sentences)
    return stop.code


def report_unwritable(error: OSError) -> int:
    """For an answer that could not be written out (a full disk behind `>`): the verb's own work was saved before."""
    # closing stdout at exit would fail once more, with a traceback
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    print_note(phrases.note("answer_unwritable", reason=error.strerror or ""))
    return UNUSABLE


def _foreseen(error: Exception) -> Stop | None:
    if isinstance(error, Stop):
        return error
    if isinstance(error, WrongUse):
        return Stop(phrases.note("misuse", message=error.message.rstrip("."), program=error.program), code=MISUSE)
    if isinstance(error, Refused):
        return Stop(refused(error))
    fault = error if isinstance(error, DatabaseFault) else told(error, locations.find().database)
    if fault is not None:
        return Stop(phrases.fault(fault), code=REFUSED if fault.rule == "db_exists" else UNUSABLE)
    if isinstance(error, PolicyProblem):
        return Stop(phrases.note("profile_problem", problem=policy_words(error), path=str(locations.find().overrides)))
    if isinstance(error, ProfileUnknown):
        known = ", ".join(error.known)
        return Stop(phrases.note("profile_unknown", profile=error.profile_id or "''", known=known))
    return None


def _unforeseen(error: Exception) -> int:
    """The last resort: one sentence on stderr; the exception's type and where it was raised in the log, no values."""
    path = locations.find().log
    try:
        _log(path, error)
    except OSError:
        print_note(phrases.note("unforeseen_unlogged", kind=type(error).__name__))
    else:
        print_note(phrases.note("unforeseen", kind=type(error).__name__, log=str(path)))
    return UNUSABLE


def _log(path: Path, error: BaseException) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        for line in _places(error):
            file.write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {line}\n")


def _places(error: BaseException) -> Iterator[str]:
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
