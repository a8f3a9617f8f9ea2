"""The catalogues as they stand in the source tree, what the package asks of them, and what a sentence looks like."""

import gettext
import io
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from kindertui import i18n

PACKAGE = Path(i18n.__file__).parent
TRANSLATED = tuple(name for name in i18n.LANGUAGES if name != "en")  # English is the source
# As the package marks its messages; `in_language(language, message)` has them second.
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "in_language": (2,)}

Id = str | tuple[str, str]


def path(language: str) -> Path:
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "kindertui.po"


@cache
def read(language: str) -> Catalog | None:
    """The catalogue of a language; None where there is no file."""
    if not path(language).exists():
        return None
    with path(language).open("rb") as file:
        return read_po(file, locale=language)


@cache
def translations(language: str) -> gettext.NullTranslations:
    """What gettext would say, without compiling anything into the source tree."""
    catalogue = read(language)
    if catalogue is None:
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@cache
def asked() -> dict[Id, str]:
    """Every message the package marks, with a place where it stands."""
    return dict(_extracted())


def _extracted() -> Iterator[tuple[Id, str]]:
    found = extract_from_dir(str(PACKAGE), [("**.py", "python")], keywords=KEYWORDS, strip_comment_tags=True)
    for file, line, message, _, _ in found:
        yield (message if isinstance(message, str) else (message[0], message[1])), f"{file}:{line}"


def places(text: str) -> set[str]:
    """The places for arguments in a sentence."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def is_sentence(text: str) -> bool:
    return bool(text.strip()) and "{" not in text and "}" not in text and text == " ".join(text.split())
