"""The staff's own short words: one record a word, changed rather than doubled, refused where never reached."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindertui.data import journal
from kindertui.data.act import Actor
from kindertui.data.queries.entry_line import short_words
from kindertui.data.short_words import remove_short_word, set_short_word
from kindertui.data.store import Store
from kindertui.data.undo import redo, undo
from kindertui.domain.faults import Refused
from kindertui.domain.short_words import refusal, word_and_text
from kindertui.phrases.refused import refused
from tests.conftest import People
from tests.screens.acting import HOSTILE


def pairs(store: Store) -> list[tuple[str, str]]:
    return [(one.word, one.text) for one in short_words(store.reader)]


def test_a_short_word_is_set_changed_taken_away_and_all_of_it_undone(store: Store, ina: Actor) -> None:
    first = store.call(set_short_word, ina, "bu", "buiten gespeeld")
    store.call(set_short_word, ina, "lez", " boekje   gelezen ")
    assert pairs(store) == [("bu", "buiten gespeeld"), ("lez", "boekje gelezen")]
    again = store.call(set_short_word, ina, "BÚ", "buiten gerend")
    assert again.id == first.id and pairs(store) == [("BÚ", "buiten gerend"), ("lez", "boekje gelezen")]
    store.call(undo, ina)
    assert pairs(store)[0] == ("bu", "buiten gespeeld")
    store.call(remove_short_word, ina, "Bu")
    assert pairs(store) == [("lez", "boekje gelezen")]
    store.call(undo, ina)
    assert pairs(store)[0] == ("bu", "buiten gespeeld")
    store.call(redo, ina)
    assert pairs(store) == [("lez", "boekje gelezen")]


def test_one_that_was_taken_away_comes_back_as_itself(store: Store, ina: Actor, people: People) -> None:
    jayne = Actor(people.staff["Jayne"], "Jayne", "test:2")
    first = store.call(set_short_word, jayne, "bu", "buiten")
    store.call(remove_short_word, jayne, "bu")
    assert store.call(set_short_word, ina, "bu", "buiten gespeeld").id == first.id
    with pytest.raises(Refused, match="undo_changed_since"):  # or two records would stand for one word
        store.call(undo, jayne)
    assert pairs(store) == [("bu", "buiten gespeeld")]


@pytest.mark.parametrize(
    ("word", "text", "rule"),
    [
        ("", "x", "short_word_missing"), ("\x07\u200b", "x", "short_word_missing"), ("bu", " ", "short_text_missing"),
        ("bu", "<b>vet", "short_text_unsendable"), ("!x", "x", "short_word_unreached"),
        ("bu ten", "x", "short_word_spaces"), ("150", "x", "short_word_unreached"),
        ("1230", "x", "short_word_unreached"), ("12:30-14", "x", "short_word_unreached"),
        ("-10", "x", "short_word_unreached"), ("a;b", "x", "short_word_unreached"),
        ("\\bu", "x", "short_word_unreached"), ("=", "x", "short_word_unreached"),
        ("@gisteren", "x", "short_word_unreached"), ("w" * 301, "x", "text_too_long"),
        ("bu", "x" * 4001, "text_too_long"), ("b\ud800", "x", "text_not_unicode"), ("bu", "\udcff", "text_not_unicode"),
    ],
)  # fmt: skip
def test_what_would_never_be_reached_or_kept_is_refused_with_a_sentence(
    store: Store, ina: Actor, word: str, text: str, rule: str
) -> None:
    before = journal.head(store.reader)
    with pytest.raises(Refused) as problem:
        store.call(set_short_word, ina, word, text)
    assert problem.value.rule == rule and len(refused(problem.value)) > 20
    assert journal.head(store.reader) == before


@pytest.mark.parametrize("word", ["in", "lunch", "half", "alle", "aya", "w", "n", "&c", "ø", "🙂", "don't", "2x"])
def test_words_that_mean_something_elsewhere_on_the_line_are_free_to_use(store: Store, ina: Actor, word: str) -> None:
    if word == "&c":
        assert refusal(word, "x") in ("", "short_word_unreached")  # what & is for is the parser's to say
        return
    store.call(set_short_word, ina, word, "reached")
    assert pairs(store) == [(word, "reached")]


def test_taking_away_what_is_not_there_is_refused(store: Store, ina: Actor) -> None:
    store.call(set_short_word, ina, "weg", "al weg")
    store.call(remove_short_word, ina, "weg")
    for word in ("weg", "bu", "", "b\x07u", "x" * 400):
        with pytest.raises(Refused) as problem:
            store.call(remove_short_word, ina, word)
        assert problem.value.rule in ("short_word_unknown", "text_too_long") and refused(problem.value)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_kept_clean(store: Store, ina: Actor, text: str) -> None:
    kept = store.call(set_short_word, ina, "bu", text).text
    assert kept and kept.isprintable() and pairs(store) == [("bu", kept)]


@given(st.text(max_size=40), st.text(max_size=10))
def test_no_typed_text_makes_the_judge_of_words_raise(word: str, text: str) -> None:
    assert refusal(word, text) in (
        "",
        "short_word_missing",
        "short_text_missing",
        "short_text_unsendable",
        "short_word_spaces",
        "short_word_unreached",
    )
    halves = word_and_text(f"{word}={text}")
    assert halves is not None and all(half == half.strip() for half in halves)
