"""From arguments to an exit code: finds the verb's module, and turns every way it can fail into sentences."""

import gc
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from types import SimpleNamespace
from typing import TYPE_CHECKING

from kindertui.cli.errors import REFUSED, UNUSABLE, Stop, stopped, tell, unforeseen
from kindertui.cli.printing import Unwritable

if TYPE_CHECKING:
    import argparse


def verb(argv: Sequence[str]) -> int:
    """Runs the verb that `argv` names. Raises KeyboardInterrupt and BrokenPipeError, and nothing else of the verb's."""
    from kindertui import i18n

    _prepare_streams()
    i18n.use(i18n.from_environment() or of_the_system())
    try:
        arguments = _arguments(argv)
    except SystemExit as leaving:  # argparse has said it, or has printed the help that was asked for
        return leaving.code if isinstance(leaving.code, int) else 2
    try:
        return _run(arguments)
    except Stop as error:
        return stopped(error)
    except (BrokenPipeError, KeyboardInterrupt, Unwritable):
        raise
    except Exception as error:
        try:
            return _failed(error)
        except Exception as second:
            return unforeseen(second)


def _arguments(argv: Sequence[str]) -> "argparse.Namespace | SimpleNamespace":
    if not argv:  # the screens: their first frame does not wait for argparse
        return SimpleNamespace(run="tui:tui")
    from kindertui.cli.parser import parser

    return parser(argv).parse_args(argv)


def _run(arguments: "argparse.Namespace | SimpleNamespace") -> int:
    module, function = arguments.run.split(":")
    room = import_module(f"kindertui.cli.{module}")
    run: Callable[[argparse.Namespace | SimpleNamespace], int] = getattr(room, function)
    if module != "tui":  # the screens do this themselves, after their first frame
        gc.freeze()
        gc.enable()
    return run(arguments)


def _prepare_streams() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a name the terminal cannot show is no reason to fail
            stream.reconfigure(errors="replace")


def of_the_system() -> str:
    """The language that LC_ALL, LC_MESSAGES or LANG ask for, when it is one of ours; English otherwise."""
    import os

    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            wanted = value[:2].lower()
            return {"nl": "nl", "nb": "nb", "no": "nb"}.get(wanted, "en")
    return "en"


def _failed(error: Exception) -> int:
    from kindertui import locations
    from kindertui.domain.faults import DatabaseFault, Refused, fault_of
    from kindertui.domain.policy import PolicyProblem

    if isinstance(error, Refused):
        from kindertui.phrases.refused import refused

        tell(refused(error))
        return REFUSED
    fault = error if isinstance(error, DatabaseFault) else fault_of(error, str(locations.find().database))
    if fault is not None:
        from kindertui.phrases import cli as phrases

        tell(phrases.fault(fault))
        return REFUSED if fault.rule == "db_exists" else UNUSABLE
    if isinstance(error, PolicyProblem):
        from kindertui.phrases.cli import profile_problem
        from kindertui.phrases.portal import policy_words

        tell(profile_problem(policy_words(error), str(locations.find().overrides)))
        return REFUSED
    from kindertui.portal.profile import ProfileUnknown

    if isinstance(error, ProfileUnknown):
        from kindertui.phrases.cli import profile_unknown

        tell(profile_unknown(error.profile_id, error.known))
        return REFUSED
    return unforeseen(error)
