"""Reads names one behind the other, `aya bram`, `aya, bram`, `aya en bram`, and refuses what only looks like one more.

What stands where only a name can stand, and is none, is refused at its place: nobody else is meant, and it is no text.
"""

from collections.abc import Sequence
from datetime import date

from kindertui.domain.entry.model import LineProblem, LineRefused, OtherChild, Roster
from kindertui.domain.entry.names import Found, Name, index, is_verb, match, spelled
from kindertui.domain.entry.tokens import Token
from kindertui.domain.entry.words import WORDS_REQUIRED, Vocabulary

COMMAS = ",，、،:/"  # what parts names, glued to them or alone
_SIGNS = ("&", "+")  # for `and`, between two names only
_SHORT = 2  # letters of a beginning that may be anything: behind a name it is no other name


class NameReader:
    """Reads names one after the other; `at` is the next word."""

    def __init__(self, words: list[Token], roster: Roster, vocabulary: Vocabulary) -> None:
        self.words, self.roster, self.vocabulary = words, roster, vocabulary
        self.at = 0

    def match(self, at: int) -> Found:
        """Whom the words at this place name."""
        return match(self.words, at, self.roster, self.vocabulary)

    def names(self) -> dict[str, None]:
        """The ids of the children that are named from here on, in the order of the line."""
        children: dict[str, None] = {}
        while self.at < len(self.words):
            at = self.behind_and(self.at) if children and self.is_and(self.at) else self.at
            if at is None:
                break
            found, joined = self.match(at), at > self.at
            if not found:
                if joined or (self.words[at].text.startswith("#") and not self.words[at].literal):
                    raise self.unknown(at)
                break
            if children and not found.whole and not self._may_follow(found, at, joined=joined):
                break
            children[self._only(found, at)] = None
            self.at = at + found.count
        return children

    def is_and(self, at: int) -> bool:
        """Does the word join two names: a comma, or `and`? A child may be called so, with a verb behind her name."""
        word = self.words[at]
        if word.text in (*COMMAS, *_SIGNS):
            return True
        if word.literal or word.folded not in self.vocabulary.ands:
            return False
        return not (spelled(word.text) in index(self.roster.children).by_given and self._verb_at(at + 1))

    def _verb_at(self, at: int) -> bool:
        return is_verb(self.words, at, self.vocabulary)

    def behind_and(self, at: int) -> int | None:
        """Where the next name stands; None (and on) where a comma only parts who from what."""
        words, behind = self.words, at
        while behind < len(words) and self.is_and(behind):
            behind += 1
        if behind == len(words):
            raise words[at].refused("and_whom", {"word": words[at].text}, incomplete=True)
        commas = all(word.text in COMMAS for word in words[at:behind])
        following, named = words[behind], self.match(behind)
        if commas and not named.whole and self._begins_what(following, named, behind):
            self.at = behind
            return None
        if self._verb_at(behind) and not named:
            if not commas:
                raise words[at].refused("and_whom", {"word": words[at].text})
            self.at = behind
            return None
        return behind

    def _begins_what(self, word: Token, named: Found, at: int) -> bool:
        """Is the word behind a comma, which begins no name or may begin one, the beginning of what happened?"""
        if not (word.text[0].isalpha() or word.text[0] in "#'") or word.folded in self.vocabulary.no_names:
            return True
        return not named and bool(self.vocabulary.by_prefix(word.folded)) and not self._verb_at(at + 1)

    def _may_follow(self, found: Found, at: int, *, joined: bool) -> bool:
        """May this beginning of a name be one more child behind another? A short one is refused, or is the verb's."""
        word, vocabulary = self.words[at], self.vocabulary
        if word.folded in vocabulary.no_names or word.folded in vocabulary.words:
            if joined:
                raise self.unknown(at)
            return False
        verb = not joined and bool(vocabulary.by_prefix(word.folded))
        following = self.words[at + 1].text if at + 1 < len(self.words) else ""
        short = len(spelled(word.text).replace(" ", "")) <= _SHORT
        args = {"word": word.text, "names": _full_names(found.names)}
        if found.by_surname and not joined:
            if verb and not self._verb_at(at + 1):
                return False
            raise word.refused("given_name_first", args, not following)
        if not short or (found.by_surname and any(spelled(word.text) in one.surnames for one in found.names)):
            return True
        if verb and following and not following[0].isalpha():
            return False  # `aya lu 1130`: the lunch, whoever is called Luca
        if len(found.names) > 1 and not verb:
            return True  # to be told apart first
        raise word.refused("name_short", args, not following)

    def _only(self, found: Found, at: int) -> str:
        """The id of the one child that was found."""
        words = self.words[at : at + found.count]
        last = at + found.count == len(self.words)
        if found.others:
            return self._other(found.others, words, last=last)
        if len(found.names) > 1:
            raise ambiguous(words, found.names, last=last)
        return found.names[0].child.id

    def _other(self, others: Sequence[OtherChild], words: Sequence[Token], *, last: bool) -> str:
        """A child who is not on the roster: taken where somebody was asked, else a question, or that she left."""
        if (taken := next((one.id for one in others if one.id in self.roster.taken), None)) is not None:
            return taken
        placed = [one for one in others if one.placed]
        at, length = words[0].at, words[-1].end - words[0].at
        if len(placed) > 1:
            names = ", ".join(f"{one.full_name} ({one.group})" for one in placed)
            args = {"word": " ".join(word.text for word in words), "names": names}
            raise LineRefused(LineProblem("ambiguous", at, length, args, last))
        child = (placed or sorted(others, key=lambda one: one.last_day or one.first_day or date.min))[-1]
        args = {"child": child.id, "name": child.full_name, "given": child.given_name, "group": child.group}
        if child.last_day is not None:
            rule, args["day"] = "child_left", child.last_day.isoformat()
        elif child.first_day is not None:
            rule, args["day"] = "child_to_come", child.first_day.isoformat()
        else:
            rule = "other_group"
        raise LineRefused(LineProblem(rule, at, length, args, last))

    def unknown(self, at: int, word: Token | None = None) -> LineRefused:
        """The word at this place (`word`, without its minus) is nobody's name."""
        word = word or self.words[at]
        return word.refused("name_unknown", {"word": word.text}, at + 1 == len(self.words))

    def refuse_late_name(self, verb: int) -> None:
        """Refuses a child who is named behind what happened to another: `aya in en bram in`, `aya s 1230 and bram`.

        What takes words may have any there, and between other words a name is part of them.
        """
        words, at = self.words, verb + 1
        meant = self.vocabulary.words.get(words[verb].folded) if verb < len(words) else None
        if meant is None or meant.category not in ("step", "report") or meant.name in WORDS_REQUIRED:
            return
        while at < len(words) and not any(letter.isalpha() for letter in words[at].text[:2]) and not self.is_and(at):
            at += 1  # when and how much
        if at + 1 >= len(words) or not self.is_and(at):
            return
        found = self.match(at + 1)
        if found.whole and not words[at + 1].literal:
            end = words[at + found.count].end
            args = {"word": words[at].text, "name": " ".join(one.text for one in words[at + 1 : at + 1 + found.count])}
            raise LineRefused(LineProblem("name_late", words[at].at, end - words[at].at, args))

    def refuse_stranger(self, at: int) -> None:
        """Refuses a word that what happened stands behind, and is no name: `kaat in`, with nobody called Kaat.

        The beginning of a verb that takes words may have any word behind it (`act in the garden`).
        """
        if not self._verb_at(at + 1) or self._verb_at(at):
            return
        word, vocabulary = self.words[at], self.vocabulary
        if word.literal or not word.text[0].isalpha() or word.folded in vocabulary.no_names:
            return
        meant = vocabulary.by_prefix(word.folded) if len(word.folded) > _SHORT else []
        if len(meant) == 1 and (meant[0].name in WORDS_REQUIRED or meant[0].category == "menu"):
            return
        if not self.match(at):
            raise self.unknown(at)


def _full_names(names: Sequence[Name]) -> str:
    return ", ".join(name.child.full_name for name in names)


def ambiguous(words: Sequence[Token], found: Sequence[Name], *, last: bool) -> LineRefused:
    """Several children may be meant by these words; `last`: nothing is typed behind them yet."""
    at = words[0].at
    args = {"word": " ".join(word.text for word in words), "names": _full_names(found)}
    return LineRefused(LineProblem("ambiguous", at, words[-1].end - at, args, last))
