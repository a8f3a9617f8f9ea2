"""Sentences about the staff's own short words, and about the menu."""

from collections.abc import Mapping

from kindertui.domain.menu import Menu
from kindertui.domain.short_words import ShortWord
from kindertui.i18n import _
from kindertui.phrases.daylog import meal


def refusals() -> Mapping[str, str]:
    """A sentence for every rule of Refused about short words."""
    return {
        "short_word_missing": _("Type the short word first: bu = built a tower. Nothing was changed."),
        "short_text_missing": _("Type what the short word stands for behind the =: bu = built a tower."),
        "short_text_unsendable": _(
            "The portal takes no < right before a letter: put a space between. Nothing was changed."
        ),
        "short_word_spaces": _("A short word is one word, without a space in it: bu = built a tower."),
        "short_word_unreached": _(
            "{word} means something on the entry line already, so it would never be replaced: choose another word."
        ),
        "short_word_unknown": _("There is no short word {word}: type texts to see them all."),
    }


def definition_words(one: ShortWord) -> str:
    """`bu = built a tower`, as it is typed as well."""
    return f"{one.word} = {one.text}"


def set_words(one: ShortWord) -> str:
    """After it was saved."""
    return _("from now on {word} is written out as {text}").format(word=one.word, text=one.text)


def removed_words(one: ShortWord) -> str:
    """After it was taken away."""
    return _("{word} is no short word any more").format(word=one.word)


def menu_words(one: Menu) -> str:
    """After it was saved: `menu lunch: pasta`."""
    return _("menu {meal}: {text}").format(meal=meal(one.meal), text=one.text)
