"""No other child's name is left in a text for one child's parents; the own name and ordinary words stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindertui.domain.entry import fold
from kindertui.domain.guard_tokens import tokens
from kindertui.domain.other_names import without_other_names
from kindertui.domain.people import Child


def child(id: str, given: str, surname: str = "", prefix: str = "") -> Child:
    return Child(id, given, prefix, surname, None, None)


AYA = child("aya", "Aya", "Bakker")
CHILDREN = (
    AYA, child("bram", "Bram", "Wit", "de"), child("jan", "Jan Willem", "Smit"), child("jo", "Jo", "Vos"),
    child("johan", "Johan", "Berg"), child("storm", "Storm", "Bos"), child("om", "Om", "Patel"),
    child("emma-j", "Emma", "Jansen"), child("emma-v", "Emma", "Visser"), child("soren", "Søren", "Østergård"),
    child("bibi", "Bibi", "Bakker"), child("lin", "美玲", "陈"),
)  # fmt: skip


def hidden(text: str, own: Child = AYA, *involved: str) -> str:
    return without_other_names(text, own, CHILDREN, involved=involved, another="another child", of_another="another's")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("pushed by Bram", "pushed by another child"),
        ("pushed by bram.", "pushed by another child."),
        ("Bram duwde, BRAM lachte", "Another child duwde, another child lachte"),
        ("“Bram” zei ze", "“Another child” zei ze"),
        ("Brams hand, Bram's hand, Bram’s hand", "Another's hand, another's hand, another's hand"),
        ("Bram de Wit and Bram Wit", "Another child and another child"),
        ("de moeder van De Wit", "de moeder van another child"),
        ("mother of Jansen rang", "mother of another child rang"),
        ("Jan Willem was there, jan willems knee", "Another child was there, another's knee"),
        ("Jo fell on Johan", "Another child fell on another child"),
        ("Soren en søren", "Another child en another child"),
        ("met Emma J. en Emma V", "met another child. en another child"),
        ("Emma Jansen fell on Emma", "Another child fell on another child"),
        ("Bram-Jan Willem", "Another child-another child"),
        ("美玲 duwde", "Another child duwde"),
        ("Aya Bakker, Aya's knee, Bakker", "Aya Bakker, Aya's knee, Bakker"),
        ("Bibi Bakker duwde Aya Bakker", "Another child duwde Aya Bakker"),
        ("brampton, embracing, jojo and ayas", "brampton, embracing, jojo and ayas"),
        ("Brammetje huilde, bij familie Vos", "Another child huilde, bij familie another child"),
        ("een jansen fles", "een jansen fles"),
        ("", ""),
    ],
)  # fmt: skip
def test_names_are_taken_out_and_nothing_else(text: str, left: str) -> None:
    assert hidden(text) == left


def test_a_name_that_is_a_word_too_is_taken_out_with_a_capital_or_where_that_child_was_involved() -> None:
    assert hidden("it was a storm; Storm pushed") == "it was a storm; another child pushed"
    assert hidden("storm pushed", AYA, "storm") == "Another child pushed"


def test_the_own_name_stays_where_another_has_it_too() -> None:
    visser = next(one for one in CHILDREN if one.id == "emma-v")
    text = "Emma fell, Emma J pushed, Emma Jansen cried, Emma V and Emma Visser too; Aya saw it"
    left = "Emma fell, another child pushed, another child cried, Emma V and Emma Visser too; another child saw it"
    assert hidden(text, visser) == left


@given(
    st.lists(
        st.sampled_from(
            [*(one.given_name for one in CHILDREN), *(one.full_name for one in CHILDREN), "s", "'s", "fell", ".", "x"]
        )
    ),
    st.sampled_from([" ", ", ", "-", "\n", "/"]),
    st.sampled_from([str, str.lower, str.upper]),
)
def test_of_no_other_child_that_was_involved_is_a_name_left(parts: list[str], between: str, cased: type[str]) -> None:
    ids = [one.id for one in CHILDREN if one.id != "aya"]
    words = {fold(word.word) for word in tokens(hidden(cased(between.join(parts)), AYA, *ids))}
    for one in CHILDREN[1:]:
        given_name = [fold(word.word) for word in tokens(one.given_name)]
        assert not set(given_name) <= words, one.given_name
