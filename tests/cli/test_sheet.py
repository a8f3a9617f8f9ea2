"""`sheet`: each of the three, as text and as a page, and what is wrong use."""

import pytest

from kindertui.locations import Locations
from tests.cli.conftest import ON, YESTERDAY, Cli
from tests.conftest import People


@pytest.fixture
def day(cli: Cli, place: Locations) -> str:
    """Yesterday, as the group lived it."""
    lines = ("all in 802", "aya s 1230-1415", "aya b 830 150", "bram out 1630 oma", "noor in 1500")
    ran = cli("log", *lines, *ON, "--yes")
    assert ran.code == 0, ran.err
    return YESTERDAY


def test_the_sheets_as_text(cli: Cli, day: str, people: People) -> None:
    evacuation = cli("sheet", "evacuation", "--day", day)
    assert evacuation.code == 0 and evacuation.err == ""
    assert evacuation.out.startswith("Evacuation: 5 children are in\nDe Tuin · ")
    assert "[ ] Aya Bakker" in evacuation.out and "Bram" not in evacuation.out  # gone home
    uilen = cli("sheet", "evacuation", "--day", day, "--group", "uil").out
    assert "[ ] Noor El Amrani" in uilen and "Aya" not in uilen
    handed = cli("sheet", "hand-over", "--day", day, "--group", "vlin").out
    assert "To tell about Vlinders" in handed and "gone home 16:30 · oma" in handed
    assert "! MAY NOT FETCH: father Tom Bakker" in handed and "Noor" not in handed
    alone = cli("sheet", "hand-over", "aya", "--day", day).out
    assert "Slept: 12:30–14:15" in alone and "Bram" not in alone
    week = cli("sheet", "week", "aya", "--day", day).out
    assert "Five days of Aya Bakker" in week and "1:45" in week and "150 ml" in week


def test_a_page_is_whole_also_where_stdout_holds_no_accents(
    cli: Cli, day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = cli("sheet", "evacuation", "--day", day, "--html").out
    assert page.startswith("<!doctype html>") and "Søren Østergård" in page and page.endswith("</html>\n")
    monkeypatch.setattr("kindertui.cli.printing.unicode", lambda: False)
    page = cli("sheet", "evacuation", "--day", day, "--html").out
    assert "S&#248;ren &#216;sterg&#229;rd" in page and page.isascii()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("week",), 2, "Whose week? Write the child's name behind it: kindertui sheet week NAME."),
        (("evacuation", "aya"), 2, "The sheet evacuation is about everybody who is in: leave the child's name out."),
        (("hand-over", "emma"), 1, "Which emma?"),
        (("week", "nobody"), 1, "There is no child and no record nobody."),
        (("hand-over", "--group", "nope"), 1, "nope"),
        (("letter",), 2, "letter"),
    ],
)
def test_wrong_use_is_told(cli: Cli, place: Locations, arguments: tuple[str, ...], code: int, said: str) -> None:
    ran = cli("sheet", *arguments)
    assert ran.code == code and ran.out == "" and said in ran.err
