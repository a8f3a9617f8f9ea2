"""What goes to stdout: one JSON document, or lines and tables for people; and a progress bar on stderr."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import PurePath
from typing import Any

from kindertui.cli.errors import Unwritable
from kindertui.text import clean_for_screen

Progress = Callable[[int, int], None]  # done, of how many
SHOWN = 20  # lines of one kind that are printed; the rest are counted


def document(value: Any) -> None:
    """Prints one JSON document (UTF-8, or escaped where stdout cannot hold it); times as ISO text, paths as text."""
    text = json.dumps(value, ensure_ascii=not unicode(), separators=(", ", ": "), default=_plain, allow_nan=False)
    if not text.isprintable():
        text = "".join(character if character.isprintable() else _escaped(character) for character in text)
    _write(text)


def _write(text: str) -> None:
    try:
        sys.stdout.write(text + "\n")
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Unwritable(error.errno, error.strerror) from None


def _plain(value: object) -> str:
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, PurePath):
        return str(value)
    raise TypeError(type(value).__name__)


def unicode() -> bool:
    """Can stdout hold every character?"""
    return (sys.stdout.encoding or "").replace("-", "").lower() == "utf8"


def _escaped(character: str) -> str:
    # the same string to a reader of JSON, and nothing a terminal would act on
    code = ord(character)
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"


def number(value: float | None) -> float | int | None:
    """150 for 150.0: an amount as people write it."""
    return int(value) if value is not None and value == int(value) else value


def line(text: str = "") -> None:
    """One line of text for people."""
    _write(" ".join(clean_for_screen(text).splitlines()))


def lines(text: str) -> None:
    """A text of many lines as it stands: what a terminal would obey was taken out when it was made."""
    _write(text.removesuffix("\n"))


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """An aligned table; widths are counted in terminal cells, and nothing is cut."""
    from rich.cells import cell_len  # here, as below: an answer in JSON needs no Rich

    cells = [[" ".join(clean_for_screen(text).split()) for text in row] for row in (head, *rows)]
    widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        shown = [text + " " * (width - cell_len(text)) for text, width in zip(row, widths, strict=True)]
        _write("  ".join(shown).rstrip())


def listing(as_json: bool, answer: Any, none: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """The answer as a document, or for people as a table; `none` is said where it has no rows."""
    if as_json:
        document(answer)
    elif rows:
        table(head, rows)
    else:
        line(none)


@contextmanager
def progress_bar(what: str) -> Iterator[Progress | None]:
    """Shows `what` and how far it is on stderr, never in the answer; gives None where that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(what, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)
