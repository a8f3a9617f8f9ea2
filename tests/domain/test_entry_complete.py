"""What Tab offers."""

import pytest

from kindertui.domain.entry import Problem, complete, parse
from tests.domain.entry_roster import NOW, ROSTER


@pytest.mark.parametrize(
    ("line", "language", "offered"),
    [
        ("", "en", ()),
        ("ay", "en", ("Aya",)),
        ("OST", "en", ("Øster",)),
        ("em", "en", ("Emma Visser", "Emma Jansen")),
        ("aya em", "en", ("Emma Visser", "Emma Jansen")),
        ("lu", "en", ("lunch",)),
        ("lu", "nl", ("lunch", "luier")),
        ("da", "en", ("Daniël", "Daan")),
        ("d", "en", ("Daniël", "Daan", "drink", "dinner", "doctor", "dentist")),
        ("bott", "nl", ("bottle",)),
        ("gesp", "nl", ("gespeeld",)),
        ("al", "en", ("all",)),
        ("all -em", "en", ("-Emma Visser", "-Emma Jansen")),
        ("aya fl", "nb", ("flaske", "fleks")),
        ("aya d ", "nb", ("våt", "bæsj", "begge", "tørr")),
        ("d s", "en", ("soiled",)),
        ("lunch 1130 m", "en", ("most", "milk")),
        ("lunch 1130 ", "nl", ("niets", "weinig", "half", "meeste", "alles")),
        ("n slept w", "en", ("well",)),
        ("in 802; b", "en", ("breakfast", "bottle", "better")),
        ("in 802; ay", "en", ()),
        ("group u", "en", ("Uilen",)),
        ("groep ", "nl", ("Uilen", "Vlinders")),
        ("zi", "nl", ("ziek",)),
        ("week x", "en", ()),
        ("aya w", "en", ("woke", "wc", "week")),
        ("in 802; we", "en", ()),
        ("aya he", "en", ()),
        ("he", "en", ("help",)),
    ],
)
def test_complete(line: str, language: str, offered: tuple[str, ...]) -> None:
    found = complete(line, len(line), ROSTER, language, words=("well", "milk"))
    assert sorted(found) == sorted(offered)
    if offered:
        assert found[0] == offered[0]


def test_the_word_at_the_cursor_counts() -> None:
    assert complete("ay 1230", 2, ROSTER, "en") == ("Aya",)
    assert complete("aya lu 1230", 6, ROSTER, "en") == ("lunch",)
    assert complete("ay", 99, ROSTER, "en") == ("Aya",)


def test_those_who_are_in_come_first() -> None:
    assert complete("d", 1, ROSTER, "en")[:2] == ("Daniël", "Daan")


@pytest.mark.parametrize("language", ["en", "nl", "nb"])
@pytest.mark.parametrize("letter", "abcdefghijklmnoprstuvw")
def test_what_is_offered_is_understood(language: str, letter: str) -> None:
    for word in complete(f"aya {letter}", 5, ROSTER, language):
        found = parse(f"aya {word} 1130", ROSTER, NOW, language)
        # What comes after it may be missing or wrong, the word itself is not.
        assert not isinstance(found, Problem) or found.at >= len(f"aya {word}"), word
