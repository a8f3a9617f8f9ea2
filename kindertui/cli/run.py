"""From arguments to an exit code. A verb's module is imported when the verb is asked for, so that no verb's start waits
for what another needs: this is where start-up is lazy, and a verb's module imports all it needs at its top. A verb that
gives no exit code is done.
"""

import gc
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from types import SimpleNamespace
from typing import TYPE_CHECKING

from kindertui import i18n
from kindertui.cli.errors import DONE, MISUSE, Unwritable

if TYPE_CHECKING:
    import argparse


def verb(argv: Sequence[str]) -> int:
    """Runs the verb that `argv` names. Raises KeyboardInterrupt, BrokenPipeError and Unwritable, and nothing else."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a name the terminal cannot show is no reason to fail
            stream.reconfigure(errors="replace")
    i18n.use(i18n.from_environment() or i18n.of_the_system())
    try:
        return _run(_arguments(argv))
    except SystemExit as leaving:  # argparse has printed the help that was asked for
        return leaving.code if isinstance(leaving.code, int) else MISUSE
    except (BrokenPipeError, KeyboardInterrupt, Unwritable):
        raise
    except Exception as error:
        from kindertui.cli import failures

        return failures.report(error)


def _arguments(argv: Sequence[str]) -> "argparse.Namespace | SimpleNamespace":
    if not argv:  # the screens: their first frame does not wait for argparse
        return SimpleNamespace(run="tui:tui")
    from kindertui.cli.parser import parser

    return parser(argv).parse_args(argv)


def _run(arguments: "argparse.Namespace | SimpleNamespace") -> int:
    module, function = arguments.run.split(":")
    run: Callable[[argparse.Namespace | SimpleNamespace], int | None]
    run = getattr(import_module(f"kindertui.cli.{module}"), function)
    if module != "tui":  # the screens do this themselves, after their first frame
        gc.freeze()
        gc.enable()
    return run(arguments) or DONE
