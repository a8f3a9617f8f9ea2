"""What happened, when and how much: every form of the table, in three languages."""

from datetime import date, datetime

import pytest
from msgspec.structs import replace

from kindertui.domain.entry import COMMAND_WORDS, REPORT_WORDS, VERB_KIND, VERB_WORDS, Plan, fold, parse
from kindertui.domain.entry.words import Word, merge, vocabulary
from tests.domain.entry_roster import NOW, ROSTER, ZONE, clock, problem, read, step

WORDS = {
    "en": "in out sleep s woke w check breakfast fruit lunch snack dinner bottle b drink dr nappy d wc activity a note "
    "n temp med",
    "nl": "in uit slaap s wakker w slaapcontrole ontbijt fruit lunch tussendoortje avondeten fles f drinken dr luier l "
    "wc activiteit a notitie n temp medicijn",
    "nb": "inn ut sov s våken v tilsyn frokost frukt lunsj mellommåltid middag flaske f drikke dr bleie bl do "
    "aktivitet a notat n temp medisin",
}
VERBS = (
    "in out sleep sleep woke woke check breakfast fruit lunch snack dinner bottle bottle drink drink nappy "
    "nappy wc activity activity note note temp med"
)
# What a verb needs to be whole.
ENDING = {"bottle": " 150", "nappy": " wet", "temp": " 38.2", "activity": " x", "note": " x", "med": " x"}


@pytest.mark.parametrize(
    ("language", "word", "verb"),
    [
        (language, word, verb)
        for language in WORDS
        for word, verb in zip(WORDS[language].split(), VERBS.split(), strict=True)
    ]
    + [
        (language, word, verb)
        for language in ("nl", "nb")
        for word, verb in zip(WORDS["en"].split(), VERBS.split(), strict=True)
    ],
)
def test_verbs(language: str, word: str, verb: str) -> None:
    found = step(f"aya {word} 1130{ENDING.get(verb, '')}", language)
    assert (found.verb, found.kind) == (verb, VERB_KIND[verb])


@pytest.mark.parametrize("language", ["en", "nl", "nb"])
def test_no_word_has_two_meanings_in_one_language(language: str) -> None:
    words = [
        fold(word)
        for tables in (VERB_WORDS, REPORT_WORDS, COMMAND_WORDS)
        for text in tables[language].values()
        for word in text.split()
    ]
    assert len(words) == len(set(words))
    assert set(VERB_WORDS[language]) == set(VERB_KIND)


def test_a_languages_own_meaning_wins() -> None:
    english, own = Word("step", "nappy"), Word("step", "drink")
    assert merge({"d": own}, {"d": english, "n": english}) == {"d": own, "n": english}
    # "fr" begins an English verb and several Norwegian words, one Dutch one.
    assert vocabulary("nl").by_prefix("fr") == [Word("step", "fruit")]
    assert len(vocabulary("nb").by_prefix("fr")) > 1


def test_beginnings_of_verbs() -> None:
    assert step("bott 150").verb == "bottle"
    assert step("brea").verb == "breakfast"
    found = problem("d", "nb")
    assert found.rule == "nappy_content_missing"
    assert problem("fr 1130", "nb").rule == "verb_ambiguous"
    assert problem("fr 1130", "nb").incomplete is False
    assert problem("fr", "nb").incomplete is True
    assert problem("x").rule == "word_unknown"


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("", "12:41", None),
        ("1130", "11:30", None),
        ("11:30", "11:30", None),
        ("830", "08:30", None),
        ("8:30", "08:30", None),
        ("-10", "12:31", None),
        ("-5", "12:36", None),
        ("-120", "10:41", None),
        ("1130-1150", "11:30", "11:50"),
        ("11:30-11:50", "11:30", "11:50"),
        ("11:30–11:50", "11:30", "11:50"),
        ("830-905", "08:30", "09:05"),
    ],
)
def test_when(typed: str, start: str, end: str | None) -> None:
    found = step(f"lunch {typed} brood kaas")
    assert (found.start, found.end) == (clock(start), clock(end) if end else None)
    assert found.text == "brood kaas"


@pytest.mark.parametrize(
    ("line", "start", "end", "leaves_open", "ends_open"),
    [
        ("s", "12:41", None, True, False),
        ("s 1230", "12:30", None, True, False),
        ("s 1230-", "12:30", None, True, False),
        ("s -10", "12:31", None, True, False),
        ("s -500", None, "05:00", False, True),
        ("s -1215", None, "12:15", False, True),
        ("s 1030-1215", "10:30", "12:15", False, False),
        ("w 1030-1215", "10:30", "12:15", False, False),
        ("s -1215", None, "12:15", False, True),
        ("s -830", None, "08:30", False, True),
        ("w", None, "12:41", False, True),
        ("w 1215", None, "12:15", False, True),
        ("w -1215", None, "12:15", False, True),
        ("w -10", None, "12:31", False, True),
    ],
)
def test_sleep(line: str, start: str | None, end: str | None, leaves_open: bool, ends_open: bool) -> None:
    found = step(line)
    assert found.start == (clock(start) if start else None)
    assert found.end == (clock(end) if end else None)
    assert (found.leaves_open, found.ends_open) == (leaves_open, ends_open)


def test_seconds_are_cut() -> None:
    start = step("s").start
    assert start is not None
    assert (start.second, start.microsecond) == (0, 0)


@pytest.mark.parametrize(
    ("line", "start", "amount", "offered", "text"),
    [
        ("b 150", "12:41", 150, None, ""),
        ("b 90", "12:41", 90, None, ""),
        ("b 1130 150", "11:30", 150, None, ""),
        ("b 150 1130", "11:30", 150, None, ""),
        ("b 830 150", "08:30", 150, None, ""),
        ("b 8:30 150", "08:30", 150, None, ""),
        ("b 830 180/150", "08:30", 150, 180, ""),
        ("b 180/150", "12:41", 150, 180, ""),
        ("b 180/0 slept", "12:41", 0, 180, "slept"),
        ("b 150ml", "12:41", 150, None, ""),
        ("b 150 ml warm", "12:41", 150, None, "warm"),
        ("b -10 150", "12:31", 150, None, ""),
        ("b 150 -10", "12:31", 150, None, ""),
        ("b 1130 moedermelk 150", "11:30", 150, None, "moedermelk"),
        ("b 830 moedermelk 150 ml", "08:30", 150, None, "moedermelk"),
        ("dr water 100", "12:41", 100, None, "water"),
        ("dr water", "12:41", None, None, "water"),
        ("temp 38.2", "12:41", 38.2, None, ""),
        ("temp 38,2", "12:41", 38.2, None, ""),
        ("temp 38", "12:41", 38, None, ""),
        ("temp 500", "12:41", 500, None, ""),
        ("temp 830 38.2", "08:30", 38.2, None, ""),
        ("temp 1130 38.2 oor", "11:30", 38.2, None, "oor"),
        ("temp 1130 oor 38,2°", "11:30", 38.2, None, "oor"),
    ],
)
def test_numbers(line: str, start: str, amount: float | None, offered: float | None, text: str) -> None:
    found = step(line)
    assert (found.start, found.amount, found.text) == (clock(start), amount, text)
    assert found.detail.get("offered") == offered
    assert found.unit == (None if amount is None else "°C" if found.kind == "temperature" else "ml")


def test_a_word_with_a_minus_is_text_where_it_is_marked_as_one() -> None:
    found = step(r"drink melk \-500 ml")
    assert (found.amount, found.text) == (None, "melk -500 ml")


@pytest.mark.parametrize(
    ("language", "words", "amount"),
    [
        *((language, "none", 0.0) for language in ("en", "nl", "nb")),
        ("en", "little", 0.25),
        ("en", "half", 0.5),
        ("en", "most", 0.75),
        ("en", "all", 1.0),
        ("en", "0", 0.0),
        ("en", "¼", 0.25),
        ("en", "½", 0.5),
        ("en", "¾", 0.75),
        ("en", "1", 1.0),
        ("en", "1/4", 0.25),
        ("en", "1/2", 0.5),
        ("en", "3/4", 0.75),
        ("nl", "niets", 0.0),
        ("nl", "weinig", 0.25),
        ("nl", "half", 0.5),
        ("nl", "meeste", 0.75),
        ("nl", "alles", 1.0),
        ("nb", "ingenting", 0.0),
        ("nb", "litt", 0.25),
        ("nb", "halvparten", 0.5),
        ("nb", "mesteparten", 0.75),
        ("nb", "mest", 0.75),
        ("nb", "lite", 0.25),
        ("nb", "alt", 1.0),
    ],
)
def test_portions_before_and_after_the_words(language: str, words: str, amount: float) -> None:
    before = [] if words.isdecimal() else [f"lunch 1130 {words} brood"]  # `1 brood` counts it
    for line in (f"lunch 1130 {words}", *before, f"lunch 1130 brood {words}"):
        found = step(line, language)
        assert (found.amount, found.unit, found.detail) == (amount, "portion", {"meal": "lunch"})
        assert found.text in ("", "brood")


@pytest.mark.parametrize(
    ("language", "word", "content"),
    [
        ("en", "wet", "wet"),
        ("en", "soiled", "soiled"),
        ("en", "both", "both"),
        ("en", "dry", "dry"),
        ("nl", "nat", "wet"),
        ("nl", "poep", "soiled"),
        ("nl", "vies", "soiled"),
        ("nl", "beide", "both"),
        ("nl", "droog", "dry"),
        ("nl", "wet", "wet"),
        ("nb", "våt", "wet"),
        ("nb", "vat", "wet"),
        ("nb", "bæsj", "soiled"),
        ("nb", "begge", "both"),
        ("nb", "tørr", "dry"),
    ],
)
def test_nappies(language: str, word: str, content: str) -> None:
    for line in (f"d {word}", f"d 1110 {word}", f"d {word} 1110", f"d 1110 red {word}"):
        assert step(line, language).detail == {"content": content}


@pytest.mark.parametrize(
    ("line", "language", "content", "text"),
    [
        ("d w", "en", "wet", ""),
        ("d we", "en", "wet", ""),
        ("d S", "en", "soiled", ""),
        ("d 1110 b", "en", "both", ""),
        ("d d", "en", "dry", ""),
        ("d n", "nl", "wet", ""),
        ("d v", "nl", "soiled", ""),
        ("d w", "nl", "wet", ""),
        ("d va", "nb", "wet", ""),
        ("d d", "nb", "dry", ""),
        # whole words first, and a beginning only where the content stands
        ("d so much poo", "en", "soiled", "so much"),
        ("d w red", "en", "wet", "red"),
        ("d b w red", "en", "both", "w red"),
    ],
)
def test_a_nappys_content_by_its_beginning(line: str, language: str, content: str, text: str) -> None:
    found = step(line, language)
    assert (found.detail, found.text) == ({"content": content}, text)


@pytest.mark.parametrize(
    ("line", "language"), [("d p", "en"), ("d p", "nl"), ("d t", "nb"), ("d x", "en"), (r"d \w", "en")]
)
def test_a_beginning_that_is_not_clear_is_asked(line: str, language: str) -> None:
    assert problem(line, language).rule == "nappy_content_missing"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("out 1730 oma", "oma"),
        ("med paracetamol", "paracetamol"),
        ("n   two   words", "two words"),
        ("n 2 teeth", "2 teeth"),
        ("lunch 2 sandwiches", "2 sandwiches"),
        ("a 3 rounds outside", "3 rounds outside"),
        (r"n a\; b", "a; b"),
        (r"n \1130 is a number", "1130 is a number"),
        (r"n back\\slash C:\temp \o/ \\server", r"back\\slash C:\temp \o/ \\server"),
        (r"n \\1130 \;", "\\1130 ;"),
        (r"lunch \1", "1"),
        ("n a \\ b", "a \\ b"),
        ("n a\\", "a\\"),
        ("n mail to x@y", "mail to x@y"),
        ("n said all", "said all"),
        ("n e\u0301t", "ét"),
    ],
)
def test_words(line: str, text: str) -> None:
    assert step(line).text == text


def test_lunch_as_on_the_sketch() -> None:
    found = step("br cato lunch 1130-1150 brood kaas ¾")
    assert found.children == ("bram", "cato")
    assert (found.start, found.end) == (clock("11:30"), clock("11:50"))
    assert (found.amount, found.text) == (0.75, "brood kaas")


def test_short_words_are_whole_words_of_the_text_only() -> None:
    plan = parse(r"a 1130 bu met bus \bu", ROSTER, NOW, "nl", {"Bu": "buiten  gespeeld", "a": "nothing"})
    assert isinstance(plan, Plan)
    (found,) = plan.parts
    assert found.text == "buiten gespeeld met bus bu"  # type: ignore[union-attr]
    assert found.verb == "activity"  # type: ignore[union-attr]


def test_joined_entries() -> None:
    first, second = read("in 8:02; b 150").parts
    assert (first.kind, first.start, second.kind, second.start) == (  # type: ignore[union-attr]
        "arrival",
        clock("8:02"),
        "bottle",
        clock("12:41"),
    )
    assert read("in 8:02;").parts == (first,)


@pytest.mark.parametrize(
    ("line", "rule", "at", "incomplete"),
    [
        ("", "empty", 0, True),
        ("  ; ;", "empty", 0, True),
        ("n a\nb", "one_line", 3, False),
        ("n a\tb", "one_line", 3, False),
        ("n a\x1b[2J", "one_line", 3, False),
        ("n a\u2028b", "one_line", 3, False),
        ("n a\ud800b", "one_line", 3, False),
        ("n " + "x" * 499, "too_long", 500, False),
        ("s 1275", "time_invalid", 2, True),
        ("s 2500 x", "time_invalid", 2, False),
        ("s 12", "time_invalid", 2, True),
        ("s 1230-14", "time_invalid", 2, True),
        ("in 8", "time_invalid", 3, True),
        ("n 1275 x", "time_invalid", 2, False),
        ("s 1030 1215", "second_time", 7, False),
        ("s 123o crying", "time_invalid", 2, False),
        ("s 1230-x", "time_invalid", 2, True),
        ("s x-1230", "time_invalid", 2, True),
        ("s 1030- to 1215", "second_time", 8, False),
        ("d w s", "second_content", 4, False),
        ("d wet so", "second_content", 6, False),
        ("d wet 1110 soiled", "second_content", 11, False),
        ("in 802-1730", "no_end_here", 3, False),
        ("lunch -1130", "no_end_here", 6, False),
        ("lunch 1130-", "no_open_end", 6, False),
        ("w 1130-", "no_open_end", 2, False),
        ("b", "amount_missing", 1, True),
        ("b 830", "amount_missing", 5, True),
        ("b -5", "amount_missing", 4, True),
        ("b 1130 -5", "amount_invalid", 7, False),
        ("b -500", "amount_negative", 2, False),
        ("bottle −500", "amount_negative", 7, False),
        ("b -500ml", "amount_negative", 2, False),
        ("b -50ml", "amount_negative", 2, False),
        ("b -50 ml", "amount_negative", 2, False),
        ("b -121", "amount_negative", 2, False),
        ("b -120", "amount_missing", 6, True),
        ("b 1130 -500", "amount_negative", 7, False),
        ("b -1415 150", "no_end_here", 2, False),
        ("b -1415 ml", "amount_negative", 2, False),
        ("drink milk -500 ml", "amount_negative", 11, False),
        ("temp –38.2", "amount_negative", 5, False),
        ("lunch -500", "no_end_here", 6, False),
        ("b 150 160 170", "second_amount", 6, False),
        ("temp 1130", "amount_missing", 9, True),
        ("d", "nappy_content_missing", 1, True),
        ("d 1110", "nappy_content_missing", 6, True),
        ("d x", "nappy_content_missing", 2, True),
        ("d big one", "nappy_content_missing", 2, False),
        ("n", "words_missing", 1, True),
        ("a 1130", "words_missing", 6, True),
        ("med", "words_missing", 3, True),
        ("s @yesterday", "day_first", 2, False),
    ],
)
def test_problems(line: str, rule: str, at: int, incomplete: bool) -> None:
    found = problem(line)
    assert (found.rule, found.at, found.incomplete) == (rule, at, incomplete)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("s 1030 in bed 3", "in bed 3"),
        ("s 1030 next to Bram", "next to Bram"),
        ("s x-ray", "x-ray"),
        ("s \\12h30", "12h30"),
        ("out 1230 aunt", "aunt"),
        ("n 2nd tooth", "2nd tooth"),
        ("lunch 1130 2x bread", "2x bread"),
        ("lunch 1130 - little", "-"),
        ("d w d-cream", "d-cream"),
    ],
)
def test_words_that_only_begin_as_a_time_or_a_content(line: str, text: str) -> None:
    assert step(line).text == text


def test_a_letter_that_begins_two_contents_is_a_second_one_all_the_same() -> None:
    found = problem("bl v b", "nb")
    assert (found.rule, found.at) == ("second_content", 5)


def test_another_day_asks_for_a_time() -> None:
    roster = replace(ROSTER, day=date(2026, 11, 19))
    assert step("s 1230", roster=roster).start == datetime(2026, 11, 19, 12, 30, tzinfo=ZONE)
    assert (problem("s", roster=roster).rule, problem("s", roster=roster).incomplete) == ("time_needed", True)
    assert problem("s -10", roster=roster).rule == "time_ago_other_day"
    after_midnight = datetime(2026, 11, 20, 0, 5, tzinfo=ZONE)
    assert problem("s -10", now=after_midnight).rule == "time_ago_other_day"


def test_clock_changes() -> None:
    """Europe/Amsterdam: 02:00-03:00 is missing on 29 March 2026 and comes twice on 25 October."""
    spring = datetime(2026, 3, 29, 12, 0, tzinfo=ZONE)
    assert problem("s 230", now=spring).rule == "time_skipped"
    assert step("s 330", now=spring).start == datetime(2026, 3, 29, 3, 30, tzinfo=ZONE)
    autumn = datetime(2026, 10, 25, 12, 0, tzinfo=ZONE)
    assert problem("s 230", now=autumn).rule == "time_twice"
    first, second = step("s 230a", now=autumn).start, step("s 230b", now=autumn).start
    assert first is not None
    assert second is not None
    assert second.timestamp() - first.timestamp() == 3600
    assert problem("s 1230a", now=autumn).rule == "time_invalid"
    # Ten minutes ago is ten minutes ago, whatever the clocks did.
    just_after = datetime(2026, 10, 25, 2, 5, tzinfo=ZONE, fold=1)
    ago = step("s -10", now=just_after).start
    assert ago is not None
    assert just_after.timestamp() - ago.timestamp() == 600
