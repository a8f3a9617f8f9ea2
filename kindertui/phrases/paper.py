"""What can be put on paper: a sheet's title, its sections and their lines, as plain text and as a page to print.

A sheet is made once (hand-over, week, evacuation) and shown three ways: on the screen, as text of 72 columns, and as
HTML for A4 in black on white. Neither needs anything from outside itself.
"""

from collections.abc import Iterable
from datetime import date, datetime

from msgspec import Struct
from rich.cells import cell_len, chop_cells

from kindertui.i18n import language
from kindertui.phrases import clock, long_day
from kindertui.phrases.pages import html_page, html_text
from kindertui.text import clean_for_screen

WIDTH = 72  # columns of the plain text: what fits on A4 in any printer's own letter
_STYLE = (
    "@page{size:A4;margin:16mm}"
    "body{font:12pt/1.4 system-ui,sans-serif;max-width:44rem;margin:1rem auto;padding:0 1rem;color:#000;background:#fff}"
    "h1{font-size:1.4rem;margin:0}h2{font-size:1.1rem;margin:1.2rem 0 .2rem;border-bottom:1pt solid #000}"
    "section{break-inside:avoid}section.long{break-inside:auto}h2{break-after:avoid}p{margin:.1rem 0}"
    "h1,h2,p,span{overflow-wrap:anywhere}ul{list-style:none;margin:0;padding:0}"
    "li{display:flex;gap:.7rem;padding:.25rem 0;break-inside:avoid;border-bottom:.5pt dotted #777}"
    "li .who{flex:1;min-width:0}.box{flex:none;width:1em;height:1em;border:1.2pt solid #000;margin-top:.15em}"
    "pre{font:9.5pt/1.3 monospace;margin:.2rem 0;overflow:hidden}"
    "@media print{body{margin:0;padding:0;max-width:none}}"
)


class Line(Struct, frozen=True):
    """One line. `tone` is the screen's; on paper danger has a sign before it and is bold. `box`: a box to tick.

    `aside` stands at the right end: where somebody is, whom to phone. What is `for_staff` is shown on the screen only:
    a paper may be read by parents.
    """

    text: str
    tone: str = "plain"
    box: bool = False
    aside: str = ""
    for_staff: bool = False


class Section(Struct, frozen=True):
    """Lines under a heading. `fixed` lines are a drawing: letters of one width, never wrapped."""

    heading: str
    lines: tuple[Line, ...] = ()
    fixed: bool = False

    @property
    def printed(self) -> tuple[Line, ...]:
        """The lines that go on paper."""
        return tuple(line for line in self.lines if not line.for_staff)


class Paper(Struct, frozen=True):
    """A whole sheet. `name` is what its files are called and never holds a child's name; `subtitle` stands under the title."""

    name: str
    title: str
    subtitle: str
    sections: tuple[Section, ...] = ()


def subtitle(location: str, on: date, now: datetime) -> str:
    """`De Tuin · Monday 23 November 2026 · 15:00`: where, about which day, made when."""
    return " · ".join((location, long_day(on), clock(now)))


def as_text(paper: Paper) -> str:
    """The sheet in lines of 72 columns at most, each with its line end."""
    lines = [*_wrapped(paper.title, WIDTH), *_wrapped(paper.subtitle, WIDTH)]
    for section in paper.sections:
        lines.append("")
        if section.heading:
            heading = _wrapped(section.heading, WIDTH)
            lines += [*heading, "-" * max(cell_len(one) for one in heading)]
        for line in section.printed:
            lines += [_flat(line.text).rstrip()] if section.fixed else _text_line(line)
    return "".join(f"{line}\n" for line in lines)


def as_html(paper: Paper) -> str:
    """The sheet as a page of its own, in the language of the screen."""
    parts = [f"<h1 dir=auto>{_escaped(paper.title)}</h1>", f"<p dir=auto>{_escaped(paper.subtitle)}</p>"]
    for section in paper.sections:
        parts.append("<section>" if len(section.printed) < 15 else "<section class=long>")
        if section.heading:
            parts.append(f"<h2 dir=auto>{_escaped(section.heading)}</h2>")
        if section.fixed:
            drawn = "\n".join(html_text(_flat(line.text).rstrip()) for line in section.printed)
            parts.append(f"<pre>{drawn}</pre>")
        elif any(line.box for line in section.printed):
            parts += ["<ul>", *(_html_row(line) for line in section.printed), "</ul>"]
        else:
            parts += [f"<p dir=auto>{_html_words(line)}</p>" for line in section.printed]
        parts.append("</section>")
    # the title goes into the history of a browser and onto the edge of the paper: no name stands in it
    return html_page(f"kindertui {paper.name}", "\n".join(parts), language=language(), style=_STYLE)


def _text_line(line: Line) -> list[str]:
    before = "[ ] " if line.box else "! " if line.tone == "danger" else ""
    body, aside = _flat(line.text), _flat(line.aside)
    if aside and cell_len(before) + cell_len(body) + 2 + cell_len(aside) <= WIDTH:
        gap = WIDTH - cell_len(before) - cell_len(body) - cell_len(aside)
        return [f"{before}{body}{' ' * gap}{aside}"]
    wrapped = _wrapped(body, WIDTH - cell_len(before))
    indent = " " * (cell_len(before) or 2)
    lines = [before + wrapped[0], *((" " * cell_len(before)) + more for more in wrapped[1:])]
    return lines + [indent + more for more in _wrapped(aside, WIDTH - len(indent)) if more]


def _wrapped(text: str, width: int) -> list[str]:
    """`text` in lines of `width` terminal cells, broken between words, and inside a word that is longer than a line."""
    lines, current = [], ""
    for word in _pieces(_flat(text).split(), width):
        if current and cell_len(current) + 1 + cell_len(word) > width:
            lines.append(current)
            current = word
        else:
            current = f"{current} {word}" if current else word
    return [*lines, current]


def _pieces(words: Iterable[str], width: int) -> Iterable[str]:
    for word in words:
        yield from chop_cells(word, width) if cell_len(word) > width else (word,)


def _html_row(line: Line) -> str:
    box = "<span class=box></span>" if line.box else ""
    aside = f"<span dir=auto>{_escaped(line.aside)}</span>" if line.aside else ""
    return f"<li>{box}<span class=who dir=auto>{_html_words(line)}</span>{aside}</li>"


def _html_words(line: Line) -> str:
    words = _escaped(line.text)
    if line.tone == "danger":
        return f"<strong>! {words}</strong>"
    return f"<strong>{words}</strong>" if line.tone in ("strong", "accent") else words


def _escaped(words: str) -> str:
    return html_text(_flat(words))


def _flat(words: str) -> str:
    """One line of it, with nothing in it that a terminal or a printer would obey."""
    return clean_for_screen(words).replace("\n", " ")
