"""The language of the screen: gettext catalogues for nl, nb and en. English is the source and needs none.

`_` and `ngettext` read the language in force at the moment of the call, so nothing translated is kept in a constant:
constants are marked with `N_` and translated where they are shown.
"""

import gettext as _gettext
import os
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "nl", "nb")
_DIRECTORY = Path(__file__).parent / "locale"


class _Current:
    language = "en"
    catalogue: _gettext.NullTranslations = _gettext.NullTranslations()


@cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    if language == "en":
        return _gettext.NullTranslations()
    # a source tree whose catalogues are not compiled yet speaks English; the tests see to it that a package has them
    return _gettext.translation("kindertui", _DIRECTORY, languages=[language], fallback=True)


def use(language: str) -> None:
    """Sets the language of the screen; raises ValueError for one that is not shipped."""
    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language}")
    _Current.catalogue = _catalogue(language)
    _Current.language = language


def language() -> str:
    """The language in force."""
    return _Current.language


def from_environment() -> str | None:
    """KINDERTUI_LANGUAGE, when it names a language that is shipped."""
    wanted = os.environ.get("KINDERTUI_LANGUAGE", "")
    return wanted if wanted in LANGUAGES else None


def of_the_system() -> str:
    """The language that LC_ALL, LC_MESSAGES or LANG ask for, when it is one of ours; English otherwise."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return {"nl": "nl", "nb": "nb", "no": "nb"}.get(value[:2].lower(), "en")
    return "en"


def N_(message: str) -> str:
    """Marks a message for the catalogues and leaves it as it is."""
    return message


def _(message: str) -> str:
    """`message` in the language in force."""
    return _Current.catalogue.gettext(message) if message else ""


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form for `count`."""
    return _Current.catalogue.ngettext(singular, plural, count)


def in_language(language: str, message: str) -> str:
    """`message` in a language that need not be the screen's (a page for the guardians)."""
    return _catalogue(language).gettext(message) if message else ""
