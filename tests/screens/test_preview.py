"""What stands under a typed line: harm is as loud in the second row as in the first, and what is cut names its key."""

import pytest

from kindertui.domain.plausibility import Finding
from kindertui.screens.entry.preview import plan_content, questions_content

ALLERGY = Finding("care_fact", "warning", "aya", {"kind": "allergy", "fact": "cow milk", "word": "yoghurt"})
FATHER = Finding("pick_up_barred", "warning", "aya", {"who": "Tom"})
MEAL = Finding("second_meal", "warning", "aya", {"meal": "lunch", "time": "11:30"})
NAMES = {"aya": "Aya"}


@pytest.mark.parametrize(("second", "tone"), [(FATHER, "danger"), (MEAL, "due")])
def test_each_row_of_a_question_has_the_weight_of_what_it_says(second: Finding, tone: str) -> None:
    shown = questions_content((ALLERGY, second), NAMES, 76)
    assert shown is not None
    first, other = shown.split("\n")
    assert [str(span.style) for span in first.spans] == ["bold $tone-danger"]
    assert [str(span.style) for span in other.spans] == [f"bold $tone-{tone}"]


@pytest.mark.parametrize(("findings", "names_key"), [((ALLERGY,), False), ((ALLERGY, FATHER, MEAL), True)])
@pytest.mark.parametrize("room", [56, 76, 116])
def test_what_has_no_room_is_counted_and_its_key_named(
    findings: tuple[Finding, ...], names_key: bool, room: int
) -> None:
    told = str(plan_content([("Aya", "lunch")], findings, NAMES, room))
    assert ("(+2 · ctrl+r" in told) == names_key and "MIND: allergy cow milk" in told


def test_a_sentence_that_is_cut_names_the_key_too() -> None:
    many = tuple(Finding("care_fact", "warning", f"c{n}", dict(ALLERGY.args)) for n in range(15))
    told = plan_content([("all", "lunch")], many, {f"c{n}": f"Maximiliaan {n}" for n in range(15)}, 76)
    assert "… (ctrl+r" in str(told) and told.cell_length <= 2 * 76
