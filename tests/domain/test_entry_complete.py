"""What Tab offers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kindertui.domain.entry import LineProblem, Plan, Step, Usage, complete, others, parse
from tests.domain.entry_roster import NOW, OTHERS, ROSTER

USAGE = Usage(
    verbs={"wc": 9, "woke": 3, "drink": 5, "dinner": 1},
    children={"daan": 90, "daniel": 5, "emma-v": 7},
    texts={
        "lunch": (("milk and bread", 2), ("milk", 7), ("1 sandwich", 1), ("rice; peas", 1), ("& co", 1)),
        "note": (("well", 1), ("wet shoes", 4)),
        "departure": (("oma", 3),),
    },
    short_words={"bu": "buiten gespeeld", "w2": "Wandeling; ver"},
)


def offered(line: str, language: str = "en", usage: Usage | None = USAGE, at: int | None = None) -> list[str]:
    """The whole lines that Tab would make."""
    at = len(line) if at is None else at
    found = complete(line, at, ROSTER, language, usage)
    assert 0 <= found.start <= at
    return [line[: found.start] + word + line[at:] for word in found.words]


@pytest.mark.parametrize(
    ("line", "language", "lines"),
    [
        ("", "en", []),
        ("ay", "en", ["Aya"]),
        ("OST", "en", ["Øster"]),
        ("em", "en", ["Emma Jansen", "Emma Visser"]),
        ("aya em", "en", ["aya Emma Jansen", "aya Emma Visser"]),
        ("emma v", "en", ["Emma Visser"]),
        ("aya emma j", "en", ["aya Emma Jansen"]),
        ("aya en b", "nl", ["aya en Bram"]),
        ("aya og br", "nb", ["aya og Bram"]),
        ("aya, b", "en", ["aya, Bram"]),
        ("aya,b", "en", ["aya,Bram"]),
        ("aya and ", "en", []),
        ("aya and em", "en", ["aya and Emma Jansen", "aya and Emma Visser"]),
        ("alle be", "nl", ["alle behalve", "alle beter"]),
        ("alle behalve br", "nl", ["alle behalve Bram"]),
        ("alle unntatt aya og br", "nb", ["alle unntatt aya og Bram"]),
        ("n sang,b", "en", []),
        ("daniel van de", "en", ["Daniël van den Berg", "daniel van dentist"]),
        ("lu", "en", ["lunch"]),
        ("lu", "nl", ["lunch", "luier"]),
        ("da", "en", ["Daniël", "Daan"]),
        ("d", "en", ["Daniël", "Daan", "dinner", "drink", "doctor", "dentist"]),
        ("bott", "nl", ["bottle"]),
        ("gesp", "nl", ["gespeeld"]),
        ("al", "en", ["all"]),
        ("all -em", "en", ["all -Emma Jansen", "all -Emma Visser"]),
        ("aya fl", "nb", ["aya flaske", "aya fleks"]),
        ("aya d ", "nb", ["aya d våt", "aya d bæsj", "aya d begge", "aya d tørr"]),
        ("d s", "en", ["d soiled"]),
        ("d wet s", "en", []),
        ("lunch 1130 m", "en", ["lunch 1130 most"]),
        ("lunch 1130 ", "nl", [f"lunch 1130 {word}" for word in ("niets", "weinig", "half", "meeste", "alles")]),
        ("in 802; b", "en", ["in 802; breakfast", "in 802; bottle", "in 802; better"]),
        ("in 802; ay", "en", []),
        ("group u", "en", ["group Uilen"]),
        ("hand-over u", "en", ["hand-over Uilen"]),
        ("overdracht vl", "nl", ["overdracht Vlinders"]),
        ("week u", "en", []),
        ("groep ", "nl", ["groep Uilen", "groep Vlinders"]),
        ("zi", "nl", ["ziek"]),
        ("week x", "en", []),
        ("aya w", "en", ["aya woke", "aya wc", "aya week"]),
        ("in 802; we", "en", []),
        ("aya he", "en", []),
        ("he", "en", ["help"]),
        ("men", "en", ["menu"]),
        ("aya men", "en", []),
        ("menu l", "en", ["menu lunch"]),
        ("menu ", "nb", [f"menu {meal}" for meal in ("frokost", "frukt", "lunsj", "mellommåltid", "middag")]),
        ("@y", "en", ["@yesterday"]),
        ("@", "nl", [f"@{day}" for day in (
            "vandaag", "gisteren", "eergisteren", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag",
            "zondag")]),
        ("aya @w", "en", ["aya @wednesday"]),
        ("@y aya lu", "en", ["@y aya lunch"]),
        ("n &", "nl", ["n &gisteren", "n &broer", "n &zus"]),
        ("lunch ¾ &s", "en", ["lunch ¾ &sibling"]),
        ("lunch bread &s", "en", []),
        ("daan sick x", "en", []),
    ],
)  # fmt: skip
def test_complete(line: str, language: str, lines: list[str]) -> None:
    found = offered(line, language, None)
    assert sorted(found) == sorted(lines)
    if lines:
        assert found[0] == lines[0]


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        # what is used more comes first, names of those who are in before that
        ("d", ["Daniël", "Daan", "drink", "dinner", "doctor", "dentist"]),
        ("aya em", ["aya Emma Visser", "aya Emma Jansen"]),
        ("aya w", ["aya wc", "aya woke", "aya week"]),
        # whole texts of this kind that begin with what is typed, wherever that began
        ("lunch 1130 m", ["lunch 1130 most", "lunch 1130 milk", "lunch 1130 milk and bread"]),
        ("lunch milk a", ["lunch milk all", "lunch milk and bread"]),
        ("lunch 1130-1150 ¾ milk an", ["lunch 1130-1150 ¾ milk and bread"]),
        ("lunch milk and bread", []),
        ("n we", ["n wet shoes", "n well"]),
        ("n slept we", []),
        ("out o", ["out oma"]),
        ("menu lunch mil", ["menu lunch milk", "menu lunch milk and bread"]),
        # a text is put in so that it is read as words
        ("lunch ri", ["lunch rice\\; peas"]),
        ("lunch \\1", ["lunch 1 sandwich"]),
        ("lunch 1130 ", [
            *(f"lunch 1130 {word}" for word in ("none", "little", "half", "most", "all")),
            "lunch 1130 milk", "lunch 1130 milk and bread", "lunch 1130 \\& co", "lunch 1130 1 sandwich",
            "lunch 1130 rice\\; peas"]),
        # the staff's own texts, written out, anywhere among the words
        ("n bu", ["n buiten gespeeld"]),
        ("n with bui", ["n with buiten gespeeld"]),
        ("n wan", ["n Wandeling\\; ver"]),
        ("b 1275 x", []),
    ],
)  # fmt: skip
def test_what_was_used_before(line: str, lines: list[str]) -> None:
    assert offered(line) == lines


def test_the_word_at_the_cursor_counts() -> None:
    assert offered("ay 1230", at=2) == ["Aya 1230"]
    assert offered("aya lu 1230", at=6) == ["aya lunch 1230"]
    assert complete("ay", 99, ROSTER, "en").words == ("Aya",)


@pytest.mark.parametrize("language", ["en", "nl", "nb"])
@pytest.mark.parametrize("letter", "abcdefghijklmnoprstuvw")
def test_what_is_offered_is_understood(language: str, letter: str) -> None:
    for line in offered(f"aya {letter}", language):
        found = parse(f"{line} 1130", ROSTER, NOW, language)
        # What comes after it may be missing or wrong, the word itself is not.
        assert not isinstance(found, LineProblem) or found.at >= len(line), line


def test_a_text_that_is_offered_is_read_as_that_text() -> None:
    for text, _ in USAGE.texts["lunch"]:
        typed = text[:2] if text[0].isalpha() else "\\" + text[0]
        (line,) = [line for line in offered(f"lunch 1130 {typed}") if line.replace("\\", "").endswith(text)]
        plan = parse(line, ROSTER, NOW, "en")
        assert isinstance(plan, Plan)
        (found,) = plan.parts
        assert isinstance(found, Step)
        assert found.text == text


@given(
    st.one_of(
        st.text(max_size=40),
        st.lists(
            st.sampled_from(
                ["aya", "em", "all", "-a", "lunch", "d", "menu", "@y", "&", "=", ";", "\\", "n", "1130", "m"]
            ),
            max_size=7,
        ).map(" ".join),
    ),
    st.integers(-2, 45),
    st.sampled_from(["en", "nl", "nb", "xx"]),
)
@settings(max_examples=300, deadline=None)
def test_nothing_makes_it_raise(line: str, at: int, language: str) -> None:
    found = complete(line, at, ROSTER, language, USAGE)
    assert 0 <= found.start <= max(0, min(at, len(line)))
    assert all(found.words)


def test_a_name_of_another_group_is_offered_where_nothing_else_begins_so() -> None:
    roster = replace(ROSTER, others=others(OTHERS))
    assert complete("bas", 3, roster, "en").words == ("Bas",)
    assert complete("kaa", 3, roster, "en").words == ()  # she has left
    assert complete("b", 1, roster, "en").words[0] == "Bram"
