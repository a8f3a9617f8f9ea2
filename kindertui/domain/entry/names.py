"""Finds the children that a line names by the beginning of their names or by id, and reads who all is not for.

A word is looked for among the given names first, then (two letters at least) among the surnames. A whole given name
wins over a longer one that begins with it; two children of one name stay ambiguous until the surname tells them apart.
`#` with an id, or its last four or more characters, names one child where no name can.
"""

from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from kindertui.domain.entry.model import LineProblem, LineRefused, Roster, RosterChild
from kindertui.domain.entry.tokens import Token, make
from kindertui.domain.entry.words import WORDS_REQUIRED, Vocabulary, beginning, fold

# A given name and the words of a long Dutch surname ("van der …").
_LONGEST_NAME = 5
_ID_LENGTH = 4


class Who(Struct, frozen=True):
    """What the line says of who: `children` by name, or everybody but `minus`; `count` words were read for it."""

    children: tuple[str, ...] = ()
    everybody: bool = False
    minus: frozenset[str] = frozenset()
    at: int = 0
    length: int = 0
    count: int = 0

    @property
    def named(self) -> bool:
        return self.everybody or bool(self.children)


class _Name(Struct, frozen=True):
    child: RosterChild
    given: str
    surnames: tuple[str, ...]


class _Names(Struct, frozen=True):
    """The names on a roster, folded; `doubles` are those whose given name has several words."""

    every: list[_Name]
    doubles: list[_Name]


@lru_cache(maxsize=8)
def _index(children: tuple[RosterChild, ...]) -> _Names:
    """Kept: each key of a line is read against the same children as the one before."""
    every = [
        _Name(
            child,
            fold(child.given_name),
            tuple({fold(child.surname), fold(f"{child.prefix} {child.surname}".strip())} - {""}),
        )
        for child in children
    ]
    return _Names(every, [name for name in every if " " in name.given])


def is_verb(words: Sequence[Token], i: int, vocabulary: Vocabulary) -> bool:
    """Is the word at `i` exactly a word of the table?"""
    return 0 <= i < len(words) and not words[i].literal and words[i].folded in vocabulary.words


def _may_be_name(words: Sequence[Token], i: int, vocabulary: Vocabulary) -> bool:
    """May the word be part of a name? A word of the table may only where the next one has to be the verb."""
    if i >= len(words):
        return False
    word = words[i]
    if word.literal or not word.folded or not (word.text[0].isalpha() or word.folded[0] == "'"):
        return False
    if not is_verb(words, i, vocabulary):
        return True
    if not is_verb(words, i + 1, vocabulary):
        return False
    name, following = vocabulary.words[word.folded].name, words[i + 1].folded
    # `d w` is a wet nappy, whoever has a name with a d: what may be the verb's own word is not the next verb.
    if name == "nappy":
        return not beginning(following, vocabulary.contents)
    if name == "menu":
        return not any(following in table for table in vocabulary.meals)
    return name not in WORDS_REQUIRED


def _by_id(word: Token, names: list[_Name]) -> list[_Name]:
    wanted = word.text[1:].casefold()
    exact = [name for name in names if name.child.id.casefold() == wanted]
    if exact or len(wanted) < _ID_LENGTH:
        return exact
    return [name for name in names if name.child.id.casefold().endswith(wanted)]


def _with_surname(candidates: list[_Name], rest: str) -> list[_Name]:
    found = [name for name in candidates if any(surname.startswith(rest) for surname in name.surnames)]
    whole = [name for name in found if rest in name.surnames]
    return whole if len(whole) == 1 else found


def _has_surname(candidates: list[_Name], words: Sequence[Token], i: int) -> bool:
    """Does the word at `i` begin the surname of one of them?"""
    return i < len(words) and any(s.startswith(words[i].folded) for name in candidates for s in name.surnames)


def _phrase(words: Sequence[Token], i: int, size: int) -> str:
    return " ".join(word.folded for word in words[i : i + size])


def _match(words: Sequence[Token], i: int, names: _Names, vocabulary: Vocabulary) -> tuple[list[_Name], int]:
    """The children the words from `i` on may mean, and how many words say so; nobody and 0 when no name is there."""
    word = words[i]
    if word.text.startswith("#"):
        found = _by_id(word, names.every)
        return found, 1 if found else 0
    if not _may_be_name(words, i, vocabulary):
        return _called_like_a_verb(words, i, names, vocabulary)
    begins = [name for name in names.every if name.given.startswith(word.folded)]
    exact = [name for name in begins if name.given == word.folded]
    spelled = _spelled_out(words, i + 1, exact or begins)
    if spelled:
        return spelled
    longest = 1
    more = not begins or names.doubles or _has_surname(begins, words, i + 1)  # else no longer name can be meant
    while more and longest < _LONGEST_NAME and _may_be_name(words, i + longest, vocabulary):
        longest += 1
    for size in range(longest, 1, -1):
        phrase = _phrase(words, i, size)
        # A given name of two words ("Anne Fleur"), perhaps with the surname after it.
        double = [name for name in names.doubles if name.given.startswith(phrase) or _whole(name, phrase)]
        if double:
            return double, size
        rest = _phrase(words, i + 1, size - 1)
        found = _with_surname(exact, rest) or _with_surname(begins, rest)
        if found:
            return _surname_or_next(words, i, names.every, exact or begins, found, size)
        if not begins and (found := [name for name in names.every if any(s.startswith(phrase) for s in name.surnames)]):
            return found, size
    if exact:
        return exact, 1
    if begins or len(word.folded) < 2:
        return begins, 1
    return [name for name in names.every if any(s.startswith(word.folded) for s in name.surnames)], 1


def _spelled_out(words: Sequence[Token], i: int, candidates: list[_Name]) -> tuple[list[_Name], int] | None:
    """A whole surname of several words, which may hold a word of the table ("in 't Veld"); the longest one counts."""
    sizes = {form: form.count(" ") + 1 for name in candidates for form in name.surnames if " " in form}
    for form in sorted(sizes, key=lambda form: -sizes[form]):
        if _phrase(words, i, sizes[form]) == form:
            return [name for name in candidates if form in name.surnames], sizes[form] + 1
    return None


def _called_like_a_verb(
    words: Sequence[Token], i: int, names: _Names, vocabulary: Vocabulary
) -> tuple[list[_Name], int]:
    """A child called In or Lunch, by the whole name with what happened behind it: `in bos s 1230`."""
    if is_verb(words, i, vocabulary):
        for name in names.every:
            for surname in name.surnames if name.given == words[i].folded else ():
                size = surname.count(" ") + 1
                if _phrase(words, i + 1, size) == surname and is_verb(words, i + 1 + size, vocabulary):
                    return [one for one in names.every if one.given == name.given and surname in one.surnames], size + 1
    return [], 0


def _whole(name: _Name, phrase: str) -> bool:
    """Is the phrase a given name of several words and (part of) the surname?"""
    if " " not in name.given or not phrase.startswith(name.given + " "):
        return False
    return any(surname.startswith(phrase[len(name.given) + 1 :]) for surname in name.surnames)


def _surname_or_next(
    words: Sequence[Token], i: int, names: list[_Name], alone: list[_Name], found: list[_Name], size: int
) -> tuple[list[_Name], int]:
    """`aya br`: her surname, or the next child? A name that needed no surname leaves that open; whole words decide."""
    if len(alone) > 1:
        return found, size
    following = words[i + 1].folded
    others = [name for name in names if name is not alone[0] and name.given.startswith(following)]
    if not others or _phrase(words, i + 1, size - 1) in alone[0].surnames:
        return found, size
    if any(name.given == following for name in others):
        return alone, 1
    return alone + others, size


def _ambiguous(words: Sequence[Token], found: list[_Name], *, last: bool) -> LineRefused:
    at = words[0].at
    args = {
        "word": " ".join(word.text for word in words),
        "names": ", ".join(name.child.full_name for name in found),
    }
    return LineRefused(LineProblem("ambiguous", at, words[-1].end - at, args, last))


def try_who(words: Sequence[Token], roster: Roster, vocabulary: Vocabulary) -> Who | None:
    """As `read_who`; None for what it refuses."""
    try:
        return read_who(words, roster, vocabulary)
    except LineRefused:
        return None


def read_who(words: Sequence[Token], roster: Roster, vocabulary: Vocabulary) -> Who:
    """Who the first words name (one word at least); nobody at all is a Who without children and with `count` 0."""
    names = _index(roster.children)
    if not words[0].literal and words[0].folded in vocabulary.everybody:
        return _read_everybody(words, names, vocabulary)
    if takes_away(words[0]):
        raise words[0].refused("minus_without_all")
    children: dict[str, None] = {}
    i = 0
    while i < len(words):
        found, size = _match(words, i, names, vocabulary)
        if not found:
            if words[i].text.startswith("#") and not words[i].literal:
                raise words[i].refused("name_unknown", {"word": words[i].text}, i + 1 == len(words))
            break
        if len(found) > 1:
            raise _ambiguous(words[i : i + size], found, last=i + size == len(words))
        children[found[0].child.id] = None
        i += size
    end = words[i - 1].end if i else words[0].at
    return Who(tuple(children), at=words[0].at, length=end - words[0].at, count=i)


def takes_away(word: Token) -> bool:
    """`-aya`, `-#id`: a child to be left out of all."""
    return not word.literal and word.text[0] == "-" and (word.text[1:2].isalpha() or word.text[1:2] == "#")


def minus_length(words: Sequence[Token], i: int, roster: Roster, vocabulary: Vocabulary) -> int:
    """How many words name the child that the word at `i` takes away, where what was thought of last stands last.

    What follows is the line's own text, unless it tells two children of one name apart or is a whole surname.
    """
    names = _index(roster.children)
    rest = [_without_minus(words[i]), *words[i + 1 :]]
    found, size = _match(rest, 0, names, vocabulary)
    if size < 2 or len(found) != 1:
        return 1
    alone = _left_out(_match(rest[:1], 0, names, vocabulary)[0])
    return size if len(alone) > 1 or _phrase(rest, 1, size - 1) in found[0].surnames else 1


def _without_minus(word: Token) -> Token:
    return make(word.raw[1:], word.at + 1)


def _left_out(found: list[_Name]) -> list[_Name]:
    """Of several, the one who can be among all: to leave out who is neither here nor expected means nothing."""
    here = [name for name in found if name.child.is_in or name.child.expected]
    return here if len(here) == 1 else found


def _read_everybody(words: Sequence[Token], names: _Names, vocabulary: Vocabulary) -> Who:
    # Alle is a given name as well (Frisian): never the whole group by mistake. `*` is always everybody.
    same = [name for name in names.every if name.given == words[0].folded]
    if same:
        found, size = _match(words, 0, names, vocabulary)
        if size > 1 and len(found) == 1:
            child = found[0].child
            return Who((child.id,), at=words[0].at, length=words[size - 1].end - words[0].at, count=size)
        args = {"word": words[0].text, "names": ", ".join(["*", *(name.child.full_name for name in same)])}
        raise words[0].refused("ambiguous", args, len(words) == 1)
    minus: dict[str, None] = {}
    i = 1
    while i < len(words) and takes_away(words[i]):
        # a minus that was thought of last was moved here: what stood before it is no part of its name
        behind = words[i + 1 :] if i + 1 < len(words) and words[i + 1].at > words[i].at else ()
        rest = [_without_minus(words[i]), *behind]
        found, size = _match(rest, 0, names, vocabulary)
        found = _left_out(found)
        if not found:
            raise rest[0].refused("name_unknown", {"word": rest[0].text}, i + 1 == len(words))
        if len(found) > 1:
            raise _ambiguous(rest[:size], found, last=i + size == len(words))
        minus[found[0].child.id] = None
        i += size
    length = words[i - 1].end - words[0].at
    return Who(everybody=True, minus=frozenset(minus), at=words[0].at, length=length, count=i)
