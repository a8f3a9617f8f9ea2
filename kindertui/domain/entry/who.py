"""Reads who a line is for: some children by name, or all but those it leaves out.

`aya bram`, `aya, bram`, `aya en bram`; `all -aya`, `alle behalve bram en aya`, `alle inne`. What stands where only a
name can stand, and is none, is refused at its place: it is never the beginning of the text, and nobody else is meant.
"""

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from kindertui.domain.entry.model import LineProblem, LineRefused, Roster
from kindertui.domain.entry.name_reader import COMMAS, NameReader, ambiguous
from kindertui.domain.entry.names import Found, Name, index, match, phrase, spelled
from kindertui.domain.entry.tokens import Token, make
from kindertui.domain.entry.words import Vocabulary

_PIECE = re.compile(rf"(?:\\.|[^{COMMAS}])+|[{COMMAS}]")


class Who(Struct, frozen=True):
    """What the line says of who: `children` by name, or everybody but `minus`; `count` of its `words` say so."""

    children: tuple[str, ...] = ()
    everybody: bool = False
    minus: frozenset[str] = frozenset()
    at: int = 0
    length: int = 0
    count: int = 0
    words: tuple[Token, ...] = ()

    @property
    def named(self) -> bool:
        return self.everybody or bool(self.children)


def try_who(words: Sequence[Token], roster: Roster, vocabulary: Vocabulary) -> Who | None:
    """As `read_who`; None for what it refuses."""
    try:
        return read_who(words, roster, vocabulary)
    except LineRefused:
        return None


def read_who(words: Sequence[Token], roster: Roster, vocabulary: Vocabulary) -> Who:
    """Who the first words name (one word at least); nobody at all is a Who without children and with `count` 0.

    `Who.words` are the words again, with the commas between names as words of their own.
    """
    pieces = split_commas(words)
    reader = _Reader([piece for piece, _ in pieces], roster, vocabulary)
    if not words[0].literal and words[0].folded in vocabulary.everybody:
        who = reader.everybody()
    elif takes_away(words[0]):
        raise words[0].refused("minus_without_all")
    else:
        children = tuple(reader.names())
        who = Who(children, count=reader.at)
    reader.refuse_stranger(who.count)
    reader.refuse_late_name(who.count)
    front = reader.words[: who.count]
    rest: list[Token] = []
    if who.count < len(pieces):
        of = pieces[who.count][1]
        begun = who.count > 0 and pieces[who.count - 1][1] == of  # `aya,xyz`: its own first half is a name
        rest = [piece for piece, whose in pieces[who.count :] if whose == of] if begun else [words[of]]
        rest += words[of + 1 :]
    end = front[-1].end if front else words[0].at
    return replace(who, at=words[0].at, length=end - words[0].at, words=(*front, *rest))


def awaits_name(words: Sequence[Token], roster: Roster, vocabulary: Vocabulary) -> bool:
    """Do these words end where only a name can follow: behind a comma, an `and` or an `except`?"""
    try:
        read_who(words, roster, vocabulary)
    except LineRefused as refused:
        return refused.problem.rule == "and_whom" and refused.problem.incomplete
    return False


def takes_away(word: Token) -> bool:
    """`-aya`, `-#id`: a child to be left out of all."""
    return not word.literal and word.text[0] == "-" and (word.text[1:2].isalpha() or word.text[1:2] == "#")


def split_commas(words: Sequence[Token]) -> list[tuple[Token, int]]:
    """The words with the commas behind and within them as words of their own, each with the number of its word."""
    result: list[tuple[Token, int]] = []
    for number, word in enumerate(words):
        plain = word.literal or not (word.raw[:1].isalpha() or word.raw[:1] in ("-", "#", "'", *COMMAS))
        if plain or not any(comma in word.raw for comma in COMMAS):
            result.append((word, number))
        else:
            result += [(make(one.group(), word.at + one.start()), number) for one in _PIECE.finditer(word.raw)]
    return result


def left_out_late(
    words: Sequence[Token], i: int, verb: str, roster: Roster, vocabulary: Vocabulary
) -> tuple[list[Token], int]:
    """What leaves children out of all from the word at `i` on, behind what happened, and how many words that is.

    `-aya` does anywhere: what follows it is the line's own text, unless it tells two children of one name apart, is a
    whole surname, or is a further name behind an `and`. `except aya` does at the end of a line alone, by whole names,
    and not of a note: there it may be what is to be read.
    """
    excepts = not words[i].literal and words[i].folded in vocabulary.excepts and verb != "note"
    if not excepts and not takes_away(words[i]):
        return [], 0
    pieces = split_commas(words[i:])
    reader = _Reader([piece for piece, _ in pieces], roster, vocabulary)
    taken = reader.late_except() if excepts else reader.late_minus(0)
    count = pieces[taken - 1][1] + 1 if taken else 0
    return [piece for piece, number in pieces if number < count], count


class _Reader(NameReader):
    """Reads who all is and is not."""

    def everybody(self) -> Who:
        """All, and those who are left out of it."""
        words = self.words
        # Alle is a given name as well (Frisian): never the whole group by mistake. `*` is always everybody.
        if same := index(self.roster.children).by_given.get(spelled(words[0].text)):
            found = self.match(0)
            if found.count > 1 and len(found.names) == 1:
                return Who((found.names[0].child.id,), count=found.count)
            args = {"word": words[0].text, "names": ", ".join(["*", *(name.child.full_name for name in same)])}
            raise words[0].refused("ambiguous", args, len(words) == 1)
        self.at = 1
        while self.at < len(words) and words[self.at].folded in self.vocabulary.all_more:
            self.at += 1
        minus: dict[str, None] = {}
        while self.at < len(words):
            word = words[self.at]
            if takes_away(word):
                minus[self._left_out()] = None
            elif not word.literal and word.folded in self.vocabulary.excepts:
                self._read_except(minus)
            elif not minus or not self.is_and(self.at):
                break
            elif self.at + 1 < len(words) and takes_away(words[self.at + 1]):
                self.at += 1
            elif (behind := self.behind_and(self.at)) is None:
                break
            else:
                self._name_left_out(behind, minus)
        return Who(everybody=True, minus=frozenset(minus), count=self.at)

    def behind_except(self, at: int) -> int:
        """Where a name stands behind `except`, `except for`, `bortsett fra`."""
        at += 1
        return at + (at < len(self.words) and self.words[at].folded in ("for", "from", "fra"))

    def _read_except(self, minus: dict[str, None]) -> None:
        word = self.words[self.at]
        at = self.behind_except(self.at)
        if at >= len(self.words):
            raise word.refused("and_whom", {"word": word.text}, incomplete=True)
        if not takes_away(self.words[at]):
            self._name_left_out(at, minus)
        else:
            self.at = at
        while self.at < len(self.words) and self.match(self.at).whole:  # `except bram aya`
            self._name_left_out(self.at, minus)

    def _name_left_out(self, at: int, minus: dict[str, None]) -> None:
        found = self.match(at)
        minus[self._one_left_out(found, at, self.words)] = None
        self.at = at + found.count

    def _left_out(self) -> str:
        """The child that `-aya` names; what was moved here from the end stands behind no word that came before it."""
        words, end = self.words, self.at + 1
        while end < len(words) and words[end].at > words[end - 1].at:
            end += 1
        rest = [_without_minus(words[self.at]), *words[self.at + 1 : end]]
        found = match(rest, 0, self.roster, self.vocabulary)
        child = self._one_left_out(found, self.at, [*words[: self.at], *rest])
        self.at += found.count
        return child

    def _one_left_out(self, found: Found, at: int, words: Sequence[Token]) -> str:
        named, last = words[at : at + max(1, found.count)], at + max(1, found.count) >= len(self.words)
        if found.others:
            args = {"word": " ".join(word.text for word in named), "name": found.others[0].full_name}
            length = named[-1].end - named[0].at
            raise LineRefused(LineProblem("minus_elsewhere", named[0].at, length, args, last))
        if not found:
            raise self.unknown(at, named[0])
        names = _can_be_left_out(found.names)
        if len(names) > 1:
            raise ambiguous(named, names, last=last)
        return names[0].child.id

    def late_except(self) -> int:
        """How many words an `except` at the beginning takes: all, or none where not all of them name somebody."""
        at = self.behind_except(0)
        while at < len(self.words):
            found = self.match(at)
            if not found.whole:
                return 0
            at += found.count
            if at < len(self.words) and self.is_and(at):
                at += 1
        return at

    def late_minus(self, i: int) -> int:
        """How many words the minus at `i` takes, and what is joined to it."""
        rest = [_without_minus(self.words[i]), *self.words[i + 1 :]]
        found, count = match(rest, 0, self.roster, self.vocabulary), 1
        if found.count > 1 and len(found.names) == 1:
            alone = _can_be_left_out(match(rest[:1], 0, self.roster, self.vocabulary).names)
            whole = phrase(rest, 1, found.count - 1) in found.names[0].surnames
            count = found.count if len(alone) > 1 or whole else 1
        behind = i + count
        if behind + 1 < len(self.words) and self.is_and(behind):
            if takes_away(self.words[behind + 1]):
                return count + 1 + self.late_minus(behind + 1)
            more = self.match(behind + 1)
            if more.whole:
                return count + 1 + more.count
        return count


def _without_minus(word: Token) -> Token:
    return make(word.raw[1:], word.at + 1)


def _can_be_left_out(found: list[Name]) -> list[Name]:
    """Of several, the one who can be among all: to leave out who is neither here nor expected means nothing."""
    here = [name for name in found if name.child.is_in or name.child.expected]
    return here if len(here) == 1 else found
