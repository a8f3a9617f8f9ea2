"""Brings back a text of before for `&`: the last one, this child's of yesterday, or a sibling's of today.

Where words begin, `&` asks for it. A line is read before its children are known, so its step holds a placeholder.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from kindertui.domain.entry.model import Recall, Roster, Step, text_key, text_part
from kindertui.domain.entry.names import full_name
from kindertui.domain.entry.tokens import Token
from kindertui.domain.entry.words import Vocabulary, beginning, recall_words

_PLACEHOLDER = "\0"  # no line and no text holds it: control characters are refused


def is_recall(word: Token) -> bool:
    """Does the word ask for a text of before? Only where words begin: `brood & kaas` is just words."""
    return not word.literal and word.text.startswith("&")


def placeholder(words: Sequence[Token], vocabulary: Vocabulary, language: str) -> str:
    """The placeholder for a text that is still to be brought back; empty for words that ask for none.

    Refuses an `&` word that names nothing, or nothing for certain.
    """
    if not words or not is_recall(words[0]):
        return ""
    word = words[0]
    if asked := _asked(word, vocabulary):
        return _PLACEHOLDER + asked + _PLACEHOLDER
    expected = ", ".join("&" + name for name in ("", *recall_words(language)))
    raise word.refused("recall_unknown", {"word": word.text, "expected": expected}, word is words[-1])


def has_placeholder(step: Step) -> bool:
    """Does a text still have to be brought back?"""
    return step.text.startswith(_PLACEHOLDER)


def _asked(word: Token, vocabulary: Vocabulary) -> str:
    if len(word.text) == 1:
        return "last"
    found = beginning(word.folded[1:], vocabulary.recalls)
    return found[0] if len(found) == 1 else ""


def bring_back(step: Step, children: Sequence[str], word: Token, roster: Roster, recall: Recall) -> tuple[Step, ...]:
    """The step for these children with the texts in it: one for each text, in the order of the children."""
    _, asked, rest = step.text.split(_PLACEHOLDER, 2)
    key = text_key(step.kind, text_part(step.detail))
    texts: dict[str, list[str]] = {}
    for child in children:
        if asked == "last":
            text = recall.last.get(key, "")
        else:
            text = (recall.yesterday if asked == "yesterday" else recall.sibling).get((child, key), "")
        if not text:
            rule = "nothing_written" if asked == "last" else "nothing_to_recall"
            raise word.refused(rule, {"word": word.text, "name": full_name(child, roster)})
        texts.setdefault(" ".join((text + rest).split()), []).append(child)
    return tuple(replace(step, children=tuple(some), text=text) for text, some in texts.items())
