"""The recovery key: what is shown can be typed back in many ways, and a mistyped group is named."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from kindertui.domain.recovery import BYTES, Mistyped, new_recovery_key, read, spoken

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KEY = bytes(range(7, 147, 7))
SHOWN = spoken(KEY)
keys = st.binary(min_size=BYTES, max_size=BYTES)


def group_of(text: str) -> int:
    with pytest.raises(Mistyped) as found:
        read(text)
    assert len(text) < 5 or text not in repr(found.value)
    return found.value.group


def test_it_has_eight_groups_of_five_and_is_another_each_time() -> None:
    assert [len(group) for group in SHOWN.split("-")] == [5] * 8
    assert set(SHOWN) <= {*ALPHABET, "-"}
    assert len({new_recovery_key() for _ in range(50)}) == 50
    assert len(new_recovery_key()) == BYTES >= 20


def test_its_characters_stay_what_they_are() -> None:
    # on paper in drawers: this line may never change
    assert spoken(bytes(20)) == "00005-0000A-0000F-0000M-0000H-0000Y-0000V-0000D"
    assert spoken(read(SHOWN)) == SHOWN


@pytest.mark.parametrize("length", [0, 19, 21, 32])
def test_another_length_is_no_recovery_key(length: int) -> None:
    with pytest.raises(ValueError, match="20 bytes"):
        spoken(bytes(length))


@given(keys, st.data())
@example(bytes(20), None)
@example(b"\xff" * 20, None)
def test_what_is_shown_is_read_in_any_dress(key: bytes, data: st.DataObject | None) -> None:
    shown = spoken(key)
    assert read(shown) == key
    if data is None:
        return
    dress = {"0": "0oO", "1": "1iIlL"}
    typed = ""
    for character in shown.replace("-", ""):
        typed += data.draw(st.sampled_from(["", "", "", " ", "-", "\n", "\u2011", "\u00a0", " - ", "."]))
        typed += data.draw(st.sampled_from(dress.get(character, character.upper() + character.lower())))
    assume(len(typed.split()) != 8)  # eight pieces are taken for the eight groups
    assert read(typed) == key


@pytest.mark.parametrize("between", ["", " ", "-", " - ", "\n", "   ", "\u2013"])
def test_the_groups_may_stand_apart_by_anything(between: str) -> None:
    assert read("  " + between.join(SHOWN.split("-")) + "\r\n") == KEY


@given(keys, st.integers(0, 39), st.sampled_from([*ALPHABET, "U", "ø", "é"]), st.sampled_from(["", "-"]))
def test_a_wrong_character_names_its_group(key: bytes, at: int, wrong: str, between: str) -> None:
    groups = spoken(key).split("-")
    group, place = divmod(at, 5)
    assume(groups[group][place] != wrong)
    groups[group] = groups[group][:place] + wrong + groups[group][place + 1 :]
    assert group_of(between.join(groups)) == group + 1


@given(keys, st.integers(0, 7), st.integers(0, 4), st.integers(0, 4), st.sampled_from(["", " "]))
def test_two_characters_that_changed_places_name_their_group(
    key: bytes, group: int, one: int, other: int, between: str
) -> None:
    groups = spoken(key).split("-")
    letters = list(groups[group])
    assume(letters[one] != letters[other])
    letters[one], letters[other] = letters[other], letters[one]
    groups[group] = "".join(letters)
    assert group_of(between.join(groups)) == group + 1


@given(keys, st.integers(0, 7), st.integers(0, 7))
def test_two_groups_that_changed_places_name_the_first(key: bytes, one: int, other: int) -> None:
    assume(one < other)
    groups = spoken(key).split("-")
    groups[one], groups[other] = groups[other], groups[one]
    assert group_of("-".join(groups)) == one + 1


@given(keys, st.integers(0, 7), st.integers(0, 4))
def test_a_character_that_was_left_out_or_typed_twice_names_its_group(key: bytes, group: int, place: int) -> None:
    groups = spoken(key).split("-")
    whole = groups[group]
    groups[group] = whole[:place] + whole[place + 1 :]
    assert group_of("-".join(groups)) == group + 1
    assert group_of("".join(groups)) >= 1, "without separators at least refused"
    groups[group] = whole[: place + 1] + whole[place:]
    assert group_of("-".join(groups)) == group + 1


@given(keys, st.integers(0, 7))
def test_a_group_that_was_left_out_is_named(key: bytes, group: int) -> None:
    groups = spoken(key).split("-")
    del groups[group]
    assert group_of("-".join(groups)) == group + 1
    assert group_of("".join(groups)) == group + 1


@pytest.mark.parametrize(("text", "group"), [
    ("", 1),
    ("   -- ", 1),
    ("00005", 2),
    (SHOWN + "-00000", 0),
    (SHOWN + "0", 8),
    (SHOWN.replace("-", "") + "0", 0),
    (SHOWN[:-1], 8),
    ("a" * 100_000, 1),
])  # fmt: skip
def test_too_little_and_too_much(text: str, group: int) -> None:
    assert group_of(text) == group


@given(st.text())
def test_anything_else_is_refused_and_never_an_error_of_ours(text: str) -> None:
    assume(not text.isascii() or len(text) < 40)
    group_of(text)
