"""The only door for people's text: cleaned once on its way into the database, and wrapped on its way to a widget.

A bare str in a widget is markup to Textual: `[/]` crashes, `[allergic]` vanishes, `[@click=…]` becomes a live link.
Control characters reach the terminal through every widget (CWE-150). So: `clean` at the model boundary, `content` or
`cell` at the screen.
"""

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.content import Content

Line = tuple[str, str]  # a text, which may have line ends of its own, and its tone

# Bidi embeddings, overrides and isolates reorder their neighbours; the others (soft hyphen, zero-width space, word
# joiner, invisible operators, tags) only hide. ZWNJ and ZWJ are not among them.
_DROP = dict.fromkeys(
    [
        0x00AD, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2065),
        *range(0x2066, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080),
    ],
    None,
)  # fmt: skip
_CONTROL = dict.fromkeys((*range(32), *range(127, 160)))
_BREAKS = (0x0A, 0x0B, 0x0C, 0x85, 0x2028, 0x2029)  # taken out without a trace they would join two words
_LINE = {**_CONTROL, **_DROP, **dict.fromkeys((*_BREAKS, 0x09, 0x0D), " ")}
_LINES = {**_CONTROL, **_DROP, **dict.fromkeys(_BREAKS, "\n"), 0x09: " "}

NAME_LENGTH = 300
TEXT_LENGTH = 4000


class TextRefused(ValueError):
    """A text that cannot be kept: `rule` is text_too_long or text_not_unicode. The message never has the text."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule


def clean(text: str, *, limit: int = TEXT_LENGTH, lines: bool = False) -> str:
    """`text` in NFC without control, bidi and zero-width characters; one line unless `lines`.

    ZWJ and ZWNJ stay (they belong to scripts and emoji). Raises TextRefused over `limit` characters or for a lone
    surrogate, which no database can hold.
    """
    if text.isascii() and text.isprintable():
        result = text
    else:
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise TextRefused("text_not_unicode", "a character that is no character")
        if lines:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        result = unicodedata.normalize("NFC", text.translate(_LINES if lines else _LINE))
    result = result.strip() if lines else " ".join(result.split())
    if len(result) > limit:
        raise TextRefused("text_too_long", f"longer than {limit} characters")
    return result


def content(text: str, style: str = "") -> "Content":
    """People's text for a widget: no markup is read in it, and nothing in it can move the terminal's cursor."""
    from textual.content import Content

    return Content.styled(clean_for_screen(text), style) if style else Content(clean_for_screen(text))


def line_content(text: str, tone: str) -> "Content":
    """One line of people's text in its tone."""
    return content(text, {"strong": "bold", "danger": "bold $tone-danger"}.get(tone, f"$tone-{tone}"))


def lines_content(lines: "Iterable[Line]") -> "Content":
    """Lines one below the other."""
    from textual.content import Content

    return Content("\n").join(line_content(*line) for line in lines)


def clean_for_screen(text: str) -> str:
    """The second door, for what came into the database some other way: control characters out, line ends kept."""
    if text.isascii() and text.isprintable():
        return text
    return text.translate(_LINES)


def cell(text: str, width: int) -> str:
    """`text` cut or padded to exactly `width` terminal cells, with … where something was cut."""
    from rich.cells import cell_len, set_cell_size

    # a joiner at the end joins nothing: it would swallow the blank behind it
    shown = clean_for_screen(text).replace("\n", " ").rstrip("\u200d")
    size = cell_len(shown)
    if size <= width:
        return shown + " " * (width - size)
    if width < 1:
        return ""
    cut = set_cell_size(shown, width - 1).rstrip(" \u200d")
    return cut + "…" + " " * (width - 1 - cell_len(cut)) if cut.strip() else set_cell_size("…", width)
