"""Exit codes, the errors that end a verb, and notes on stderr."""

import sys

from kindertui.text import clean_for_screen

DONE, REFUSED, MISUSE, UNUSABLE = 0, 1, 2, 3
INTERRUPTED, NO_READER = 130, 141  # as a shell reports SIGINT and SIGPIPE


class Stop(Exception):
    """Ends the verb with these sentences on stderr and this exit code."""

    def __init__(self, *sentences: str, code: int = REFUSED) -> None:
        super().__init__("stopped")  # the sentences hold people's names: they never reach a log by way of str()
        self.sentences = sentences
        self.code = code


class WrongUse(Exception):
    """The arguments make no sense: argparse's message, and the program or verb whose help explains."""

    def __init__(self, message: str, program: str) -> None:
        super().__init__("wrong use")
        self.message = message
        self.program = program


class Unwritable(OSError):
    """Stdout takes no more: a full disk behind `>`."""


def print_note(*sentences: str) -> None:
    """Writes sentences to stderr, each on one line, with nothing in them that could move the terminal's cursor."""
    for sentence in sentences:
        print(" ".join(clean_for_screen(sentence).split()), file=sys.stderr)
