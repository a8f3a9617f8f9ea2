"""What the process itself gives away: settings from outside that write down what is typed, and its memory."""

import os
import sys

if sys.platform != "win32":
    import resource

# Textual reads these while it is imported: TEXTUAL_LOG writes every key to a file, TEXTUAL_SCREENSHOT a picture of the
# screen, TEXTUAL_PRESS types by itself, TEXTUAL_DRIVER loads a module, TEXTUAL_DEBUG and the devtools send it all away.
_DROPPED = ("TEXTUAL", "PYTHONASYNCIODEBUG")  # the last prints slow callbacks with their arguments
_PR_SET_DUMPABLE = 4  # prctl(2)


def drop_settings() -> None:
    """Drops what libraries would take from the environment; called before any of them is imported."""
    for name in [name for name in os.environ if name.startswith(_DROPPED)]:
        del os.environ[name]


def write_no_core_file() -> None:
    """No core file, and on Linux no core piped to a program either: a limit of 0 leaves that one out, 1 does not.

    A limit that was 0 before stays so, as it cannot be raised.
    """
    if sys.platform != "win32":
        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        limit = 1 if sys.platform == "linux" and most != 0 else 0  # below any core's size, so no file is made
        resource.setrlimit(resource.RLIMIT_CORE, (limit, limit))


def hide_memory() -> None:
    """Lets no other process of this account read the memory, on Linux. Loads ctypes: called behind the first frame."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
