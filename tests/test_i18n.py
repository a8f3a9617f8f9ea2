"""The catalogues are complete: every message of the package, in every language, with the same places."""

import ast
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.plurals import get_plural

from kindertui import i18n
from tests.catalogues import PACKAGE, TRANSLATED, Id, asked, path, places, read, translations

LANGUAGE = pytest.mark.parametrize("language", TRANSLATED)


def catalogue(language: str) -> Catalog:
    found = read(language)
    assert found is not None, f"there is no catalogue for {language}: {path(language).relative_to(PACKAGE.parent)}"
    return found


def messages(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]  # the first is the header


def forms(message: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [message] if isinstance(message, str) else list(message or ())


def test_the_package_marks_its_messages() -> None:
    assert len(asked()) > 300
    assert any(isinstance(id, tuple) for id in asked())


@LANGUAGE
def test_a_catalogue_has_every_message_of_the_package_and_no_other(language: str) -> None:
    known = {message.id for message in messages(language)}
    wanted: set[Id] = set(asked())
    missing = sorted(f"{asked()[id]}: {id!r}" for id in wanted - known)
    assert not missing, f"{len(missing)} missing:\n" + "\n".join(missing)
    left = sorted(repr(id) for id in known - wanted)
    assert not left, f"{len(left)} that nobody asks for:\n" + "\n".join(left)
    assert not catalogue(language).obsolete


@LANGUAGE
def test_every_message_is_translated_for_certain(language: str) -> None:
    for message in messages(language):
        assert not message.fuzzy, f"nobody has looked at {message.id!r}"
        for form in forms(message.string):
            assert form.strip(), f"no words for {message.id!r}"
        wanted = catalogue(language).num_plurals if message.pluralizable else 1
        assert len(forms(message.string)) == wanted, message.id


@LANGUAGE
def test_every_translation_has_the_places_of_its_message(language: str) -> None:
    for message in messages(language):
        wanted = set().union(*(places(form) for form in forms(message.id)))
        for form in forms(message.string):
            found = places(form)
            assert found <= wanted, f"{sorted(found - wanted)} is not given to {message.id!r}"
            # only the singular may do without the number: "one child"
            missing = wanted - found - ({"n"} if message.pluralizable and form == forms(message.string)[0] else set())
            assert not missing, f"{sorted(missing)} is not told in {message.id!r}"


@LANGUAGE
def test_translations_are_shaped_like_their_message(language: str) -> None:
    for message in messages(language):
        for source, form in zip(forms(message.id), forms(message.string), strict=False):
            assert form == form.strip() or source != source.strip(), f"a space too many in {message.id!r}"
            assert "\n" not in form or "\n" in source, f"a line end too many in {message.id!r}"
            assert unicodedata.is_normalized("NFC", form)
            assert form.endswith(".") == source.endswith("."), f"the full stop of {message.id!r}"


@LANGUAGE
def test_plurals_are_those_of_the_language(language: str) -> None:
    assert catalogue(language).num_plurals == get_plural(language).num_plurals
    spoken = translations(language)
    ids = [id for id in asked() if isinstance(id, tuple)]
    assert ids
    for singular, plural in ids:
        for count in (0, 1, 2, 5, 21):
            told = spoken.ngettext(singular, plural, count)
            assert "7" in told.format_map(dict.fromkeys(places(told), "7")) or count == 1, (singular, count)


@LANGUAGE
def test_gettext_finds_what_stands_in_the_catalogue(language: str) -> None:
    spoken = translations(language)
    for message in messages(language):
        if isinstance(message.id, str):
            assert spoken.gettext(message.id) == message.string


def test_english_is_the_source() -> None:
    i18n.use("en")
    assert i18n._("There is nothing of yours to take back.") == "There is nothing of yours to take back."
    assert i18n.ngettext("{n} child", "{n} children", 2) == "{n} children"
    assert i18n._("") == ""


def test_a_language_that_is_not_shipped_is_refused() -> None:
    with pytest.raises(ValueError, match="no such language"):
        i18n.use("de")
    assert i18n.language() == "en"


def test_the_language_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for value, wanted in (("nb", "nb"), ("nl", "nl"), ("en", "en"), ("de", None), ("", None), ("NL", None)):
        monkeypatch.setenv("KINDERTUI_LANGUAGE", value)
        assert i18n.from_environment() == wanted
    monkeypatch.delenv("KINDERTUI_LANGUAGE")
    assert i18n.from_environment() is None


@cache
def trees() -> dict[str, ast.Module]:
    return {str(file.relative_to(PACKAGE)): ast.parse(file.read_text()) for file in PACKAGE.rglob("*.py")}


def marked(tree: ast.AST, *names: str) -> Iterator[ast.Call]:
    """The calls of these functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node


def test_nothing_is_translated_before_anybody_has_said_in_which_language() -> None:
    """A call of _() or ngettext() at import keeps the language of that moment for good."""
    early = []
    for file, tree in trees().items():
        inside = {
            id(node)
            for function in ast.walk(tree)
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            for part in ([function.body] if isinstance(function, ast.Lambda) else function.body)
            for node in ast.walk(part)
        }
        calls = marked(tree, "_", "ngettext", "in_language")
        early += [f"{file}:{call.lineno}" for call in calls if id(call) not in inside]
    assert early == []


def test_what_is_marked_is_a_literal() -> None:
    """A message put together at run time stands in no catalogue."""
    put_together = [
        f"{file}:{call.lineno}"
        for file, tree in trees().items()
        for names, texts in ((("_", "N_"), 1), (("ngettext",), 2))
        for call in marked(tree, *names)
        if any(isinstance(text, ast.JoinedStr | ast.BinOp) for text in call.args[:texts])
    ]
    assert put_together == []


def test_the_catalogues_are_in_the_package() -> None:
    assert Path(i18n._DIRECTORY) == PACKAGE / "locale"


def test_no_message_hides_in_an_f_string() -> None:
    """Extraction does not see a call inside an f-string: the message would stay English, silently."""
    for file, tree in trees().items():
        fields = (one for one in ast.walk(tree) if isinstance(one, ast.FormattedValue))
        calls = (call for field in fields for call in marked(field, "_", "ngettext"))
        hidden = [call.lineno for call in calls if isinstance(call.args[0], ast.Constant)]
        assert not hidden, (file, hidden)


def _terms_not_used(language: str) -> list[str]:
    """The words under *not* in docs/terms.md."""
    rows = [line.strip("|").split("|") for line in (PACKAGE.parent / "docs" / "terms.md").read_text().splitlines()[6:]]
    column = {"nl": 2, "nb": 4}[language]
    cells = [row[column] for row in rows if len(row) == 5 and not row[0].startswith(" ---")]
    return [word.strip() for cell in cells for word in cell.split(",") if word.strip() and word.strip() != "not"]


@LANGUAGE
def test_one_thing_has_one_word(language: str) -> None:
    words = _terms_not_used(language)
    assert len(words) > 15
    unwanted = re.compile(rf"\b({'|'.join(map(re.escape, words))})\b", re.IGNORECASE)
    said = [form for message in messages(language) for form in forms(message.string)]
    assert [form for form in said if unwanted.search(form)] == []
