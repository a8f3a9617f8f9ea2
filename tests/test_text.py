"""People's text: what cannot move the cursor, hide or reorder its neighbours, or be read as markup."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from kindertui.text import NAME_LENGTH, TEXT_LENGTH, TextRefused, cell, clean, clean_for_screen, content

BIDI = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}
INVISIBLE = {
    0x00AD, 0x180E, 0x200B, *range(0x2060, 0x2065), *range(0x206A, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFC),
    *range(0xE0000, 0xE0080),
}  # fmt: skip
HOSTILE = [
    "\x1b]52;c;cm0gLXJm\x07", "\x1b[2J\x1b[H", "\x9b31m", "\x1bP1$r0m\x1b\\", "\x00", "\x07", "\x08\x08\x08",
    "\r", "\x7f", "\u202eevil", "\u2066x\u2069", "\u200b", "\ufeff", "\u2028", "\x85", "\u00ad", "\U000e0041", "\u2063",
    "[/]", "[red]x[/red]", "[@click=app.quit]x[/]", "[allergic]", "\\[b]", "{x}", "%s", "'; DROP TABLE child; --",
]  # fmt: skip
MIXED = [
    "Zoë", "’t", "Søren", "👩‍👧‍👦", "👍🏽", "❤️", "नमस्ते", "שלום", "你好", "ﷺ", "é", "e\u0301", " ", "\n", "\t",
]  # fmt: skip
ANY = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.one_of(
            st.sampled_from(HOSTILE),
            st.sampled_from(MIXED),
            st.characters(max_codepoint=0x2FF),
            st.characters(min_codepoint=0x2000, max_codepoint=0x206F),
        ),
        max_size=20,
    ).map("".join),
).filter(lambda text: not any("\ud800" <= character <= "\udfff" for character in text))


def harmless(text: str) -> bool:
    return not any(
        unicodedata.category(one) == "Cc" or ord(one) in BIDI | INVISIBLE or one in "\u2028\u2029" for one in text
    )


@settings(max_examples=300, deadline=None)
@given(ANY)
def test_nothing_harmful_comes_through_the_first_door(text: str) -> None:
    for lines in (False, True):
        result = clean(text, limit=10**6, lines=lines)
        assert harmless(result.replace("\n", "") if lines else result)
        assert unicodedata.is_normalized("NFC", result)
        assert result == result.strip()
        assert clean(result, limit=10**6, lines=lines) == result, "what is clean stays as it is"
    assert "\n" not in clean(text, limit=10**6)
    assert "  " not in clean(text, limit=10**6)


@settings(max_examples=300, deadline=None)
@given(ANY)
def test_nothing_harmful_comes_through_the_second_door(text: str) -> None:
    assert harmless(clean_for_screen(text).replace("\n", ""))
    assert harmless(content(text).plain.replace("\n", ""))
    assert harmless(cell(text, 20))


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(categories=["L", "M", "N", "P", "S"]), max_size=60))
def test_what_people_write_is_kept(text: str) -> None:
    kept = "".join(one for one in text if harmless(one))
    assert clean(text) == unicodedata.normalize("NFC", kept)


@pytest.mark.parametrize("code", sorted({*range(0x20), *range(0x7F, 0xA0)} | BIDI | INVISIBLE | {0x2028, 0x2029}))
def test_each_of_them_is_taken_out(code: int) -> None:
    assert chr(code) not in clean(f"a{chr(code)}b")
    assert chr(code) not in clean(f"a{chr(code)}b", lines=True).replace("\n", "")
    if code != 0x0A:
        assert chr(code) not in clean_for_screen(f"a{chr(code)}b")


@pytest.mark.parametrize(
    ("text", "line", "lines"),
    [
        ("a\nb", "a b", "a\nb"), ("a\r\nb", "a b", "a\nb"), ("a\rb", "a b", "a\nb"), ("a\tb", "a b", "a b"),
        ("a\x0bb", "a b", "a\nb"), ("a\x0cb", "a b", "a\nb"), ("a\x85b", "a b", "a\nb"), ("a\u2028b", "a b", "a\nb"),
        ("a\u2029b", "a b", "a\nb"), ("  a   b  ", "a b", "a   b"), ("a\xa0b", "a b", "a\xa0b"),
        ("\n\n a \n\n", "a", "a"), ("e\u0301", "é", "é"), ("A\u030a", "Å", "Å"), ("a\u200bb", "ab", "ab"), ("", "", ""),
        (" \u202e\x07 ", "", ""),
    ],
)  # fmt: skip
def test_line_ends_and_spaces(text: str, line: str, lines: str) -> None:
    assert clean(text) == line
    assert clean(text, lines=True) == lines


@pytest.mark.parametrize(
    "text", ["👩‍👧‍👦", "👍🏽", "❤️", "1️⃣", "می‌خواهم", "क्‍ष", "’t Hart", "Zoë", "Søren Ås", "Ștefan", "山田", "ﬁets"]
)
def test_names_and_signs_are_kept_as_they_are(text: str) -> None:
    assert clean(text) == text
    assert clean(text, lines=True) == text
    assert clean_for_screen(text) == text


@pytest.mark.parametrize("lines", [False, True])
@pytest.mark.parametrize("limit", [1, 5, NAME_LENGTH, TEXT_LENGTH])
def test_the_limit(limit: int, lines: bool) -> None:
    for letter in "aé":
        assert clean(letter * limit, limit=limit, lines=lines) == letter * limit
        with pytest.raises(TextRefused) as found:
            clean(letter * (limit + 1), limit=limit, lines=lines)
        assert letter * 2 not in str(found.value)
        assert str(limit) in str(found.value)
    assert clean("\x07" * 10_000 + "a", limit=limit, lines=lines) == "a"
    assert clean("e\u0301" * limit, limit=limit, lines=lines) == "é" * limit


@pytest.mark.parametrize("text", ["\ud800", "a\udfff", "\udc80 name"])
def test_what_is_no_character_is_refused(text: str) -> None:
    for lines in (False, True):
        with pytest.raises(TextRefused) as found:
            clean(text, lines=lines)
        assert "name" not in str(found.value)


@settings(max_examples=300, deadline=None)
@given(ANY, st.integers(0, 40))
@example("\u200d", 3)
@example("Aya\u200d Bakker", 5)
def test_a_cell_is_exactly_as_wide_as_it_is_asked_to_be(text: str, width: int) -> None:
    shown = cell(text, width)
    assert cell_len(shown) == width
    assert "\n" not in shown
    if cell_len(clean_for_screen(text).replace("\n", " ")) > width > 0:
        assert "…" in shown


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("Emma", 6, "Emma  "), ("Emma", 4, "Emma"), ("Emma", 3, "Em…"), ("Emma", 1, "…"), ("Emma", 0, ""),
        ("", 3, "   "), ("山田太郎", 5, "山田…"), ("山田太郎", 4, "山… "),
        ("Ina de Wit", 5, "Ina… "), ("a\nb", 3, "a b"),
    ],
)  # fmt: skip
def test_cells(text: str, width: int, expected: str) -> None:
    assert cell(text, width) == expected


@settings(max_examples=300, deadline=None)
@given(ANY, st.sampled_from(["", "bold", "red"]))
def test_content_is_never_read_as_markup(text: str, style: str) -> None:
    shown = content(text, style)
    assert shown.plain == clean_for_screen(text)
    assert {span.style for span in shown.spans} <= {style}


@pytest.mark.parametrize("text", ["[/]", "[b]x[/b]", "[@click=app.quit]x[/]", "Mia [allergic] Nuts", "\\[", "[", "]"])
def test_brackets_are_brackets(text: str) -> None:
    assert content(text).plain == text
    assert not content(text).spans
    assert cell(text, len(text)) == text
    assert clean(text) == text
