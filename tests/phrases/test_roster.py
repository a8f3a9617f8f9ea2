"""The cells of the roster: what may hurt a child comes first, is marked, and is never cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kindertui.phrases.roster import mind_column


@pytest.mark.parametrize(
    ("harm", "know", "room", "column", "below"),
    [
        ((), (), 12, "", ""),
        ((), ("no photo",), 12, "no photo", ""),
        (("cow milk",), (), 12, "! cow milk", ""),
        (("cow milk",), ("no photo",), 20, "! cow milk  no photo", ""),
        (("cow milk", "father held back"), ("no photo",), 12, "! cow milk", "! father held back"),
        (("cow milk", "father held back"), ("no photo",), 30, "! cow milk  ! father held back", ""),
        (("a nut of any kind",), ("no photo",), 12, "!", "! a nut of any kind"),
    ],
)
def test_what_may_hurt_comes_first_and_whole(
    harm: tuple[str, ...], know: tuple[str, ...], room: int, column: str, below: str
) -> None:
    shown, left = mind_column(harm, know, room)
    assert "".join(text for text, _tone in shown).rstrip() == column and left == below
    assert all(tone == "danger" for text, tone in shown if text.startswith("!"))


@given(
    harm=st.lists(st.text(st.characters(categories=("L", "N")), min_size=1, max_size=30), max_size=5),
    know=st.lists(st.text(st.characters(categories=("L", "N")), min_size=1, max_size=30), max_size=3),
    room=st.integers(4, 60),
)
def test_nothing_that_may_hurt_is_ever_lost(harm: list[str], know: list[str], room: int) -> None:
    shown, below = mind_column(harm, know, room)
    loud = [text for text, tone in shown if tone == "danger"]
    told = [part.strip() for part in (*loud, *below.split("  ")) if part.strip(" !")]
    assert told == [f"! {one}" for one in harm]
    assert sum(cell_len(text.rstrip()) for text in loud) <= room
