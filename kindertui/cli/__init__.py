"""The command line: every verb of the program, on the same functions as the screens.

Exit codes: 0 done, 1 refused, 2 wrong use, 3 the database cannot be used. Errors are sentences on stderr, one a line,
never a traceback. Each group of verbs is a module of its own, imported when it is asked for.
"""

import gc
import os
import sys
from collections.abc import Sequence

from kindertui import process
from kindertui.cli.errors import INTERRUPTED, NO_READER


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one verb and gives its exit code; `argv` defaults to the process's own arguments."""
    # before any file is made: born 0600, and no core file with children's names in it
    os.umask(0o077)
    process.write_no_core_file()
    process.drop_settings()
    gc.disable()  # what is imported from here on stays: run.verb freezes it and enables collecting again
    try:
        from kindertui.cli import run

        code = run.verb(sys.argv[1:] if argv is None else argv)
        sys.stdout.flush()
    except BrokenPipeError:
        # whoever read us has gone; what is still in the buffer must not fail again at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NO_READER
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        from kindertui.cli import failures

        return failures.report_unwritable(error)
    finally:
        gc.enable()
    return code
