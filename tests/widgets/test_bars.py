"""The line on top: what matters most stays in sight on a narrow screen, whatever the names are."""

from typing import Any

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from textual.geometry import Size

from kindertui.widgets.bars import HeadBar, HeadWords, PlaceBar

QUIET = HeadWords(
    "Vlinders", "fri 20 nov", "12:41", inside="9 in", expected="of 12", staff="staff 3", need="need 3", who="Ina",
    portal=4,
)  # fmt: skip
LATE = replace(QUIET, late="3 checks late: Søren 16 min, Aya 4 min, Bram 1 min", late_few="3 checks late")
OWN_CLOCK = replace(QUIET, clock_note="sample clock")
ANOTHER_DAY = replace(LATE, loud="WEDNESDAY 18 NOVEMBER 2026: NOT TODAY", loud_few="WED 18 NOV: NOT TODAY")


def line(words: HeadWords, width: int) -> str:
    """The line as it stands on a screen of this width."""

    class Bar(HeadBar):
        size: Any = Size(width, 1)

    bar = Bar()
    bar.words = words
    return str(bar.render())


@pytest.mark.parametrize(
    ("words", "width", "there", "not_there"),
    [
        (QUIET, 120, ("Vlinders", "12:41", "9 in of 12 · staff 3, need 3", "Ina  portal 4"), ()),
        (QUIET, 80, ("Vlinders", "9 in of 12 · staff 3, need 3", "Ina"), ()),
        (QUIET, 60, ("Vlinders", "fri 20 nov", "9 in of 12 · need 3", "Ina"), ("portal",)),
        (LATE, 140, ("3 checks late: Søren 16 min, Aya 4 min, Bram 1 min", "9 in of 12", "Ina"), ()),
        (LATE, 80, ("Vlinders", "12:41", "3 checks late", "9 in of 12", "Ina"), ("Søren", "portal")),
        (LATE, 60, ("Vlinders", "3 checks late", "9 in", "Ina"), ("Søren", "of 12")),  # in whose name it is written
        (OWN_CLOCK, 120, ("12:41  sample clock", "9 in of 12 · staff 3, need 3", "Ina  portal 4"), ()),
        (OWN_CLOCK, 60, ("12:41  sample clock", "9 in", "Ina"), ("portal", "of 12")),
        (replace(LATE, clock_note="sample clock"), 80, ("12:41  sample clock", "3 checks late", "9 in", "Ina"), ()),
        (ANOTHER_DAY, 120, ("NOT TODAY", "3 checks late", "9 in of 12", "Ina"), ()),
        (ANOTHER_DAY, 80, ("Vlinders", "WED 18 NOV: NOT TODAY", "3 checks late", "9 in"), ("2026", "Søren")),
        (ANOTHER_DAY, 60, ("WED 18 NOV: NOT TODAY", "3 checks late", "9 in"), ()),
        (replace(ANOTHER_DAY, short=True), 80, ("NOT TODAY", "3 checks late", "9 in", "need 3"), ()),
    ],
)  # fmt: skip
def test_what_matters_most_stays(
    words: HeadWords, width: int, there: tuple[str, ...], not_there: tuple[str, ...]
) -> None:
    shown = line(words, width)
    assert all(text in shown for text in there), shown
    assert not [text for text in not_there if text in shown], shown
    assert cell_len(shown) <= width
    assert "  9 in" in shown, "air between what is late and the counts"


@pytest.mark.parametrize("width", [60, 66, 70, 80, 100, 120])
def test_places_that_do_not_fit_end_in_an_ellipsis(width: int) -> None:
    class Bar(PlaceBar):
        size: Any = Size(width, 1)

    bar = Bar("roster")
    bar._counts = {"absences": 12345, "messages": 12345, "portal": 12345}
    shown = str(bar.render())
    assert cell_len(shown) <= width and shown.rstrip().endswith("…" if width < 90 or width == 100 else "commands")


@pytest.mark.parametrize(
    "group", ["x" * 300, "[b]Vlinders[/] [@click=app.quit]x[/]" * 3, "王小明שלום" * 20, "a\nb" * 90]
)
@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_name_pushes_it_out_of_sight(group: str, width: int) -> None:
    words = replace(
        ANOTHER_DAY, group=group, who=group, late="check " + group + ": 4 min late", late_few="1 check late"
    )
    shown = line(words, width)
    assert "NOT TODAY" in shown and "1 check late" in shown and "9 in" in shown
    assert cell_len(shown) <= width and "\n" not in shown
