"""Takes the names of other children out of a text that one child's parents will read.

Unlike the guard, which warns, this has to be sure: a name is taken out whenever the letters may be one. Only a name
that is an ordinary word as well (Will, Storm) stays where it is written small, unless that child was involved.
"""

from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct

from kindertui.domain import guard_words
from kindertui.domain.entry.words import fold
from kindertui.domain.guard_names import places
from kindertui.domain.guard_tokens import TextWord, tokens
from kindertui.domain.people import Child

_LANGUAGES = ("nl", "nb", "en")
_GENITIVES = ("s", "'s", "'")
_SENTENCE_ENDS = ".!?:…\n"
_QUOTES = " \t\"'“”‘’«»([{-–—•*"


class _Form(Struct, frozen=True):
    """A way to write a name: its words; `capital`: only with a capital letter is it the name."""

    words: tuple[str, ...]
    own: bool
    capital: bool = False


class _Found(Struct, frozen=True):
    first: int
    after: int
    genitive: bool


def without_other_names(
    text: str,
    own: Child,
    children: Collection[Child],
    *,
    involved: Collection[str] = (),
    another: str,
    of_another: str,
) -> str:
    """`text` with `another` ("another child") for every other child's name, `of_another` for its genitive.

    `involved` are the ids of children whose name is one however it is written. A name that the own child has as well
    stays.
    """
    words = tokens(text)
    folded = [fold(word.word) for word in words]
    forms = _forms(own, children, frozenset(involved))
    parts, end, at = [], 0, 0
    while at < len(words):
        found = _longest(text, words, folded, at, forms)
        if found is None:
            at += 1
            continue
        start = words[found.first].start
        parts += [text[end:start], _cased(of_another if found.genitive else another, text[:start])]
        end, at = words[found.after - 1].end, found.after
    return _guarded("".join([*parts, text[end:]]), own, children, another)


def _guarded(text: str, own: Child, children: Collection[Child], another: str) -> str:
    """Without what the guard takes for a name besides: a diminutive, a family by its surname."""
    others = [one for one in children if one.id != own.id]
    names = tuple(name for one in others for name in (one.full_name, one.given_name))
    mine = (own.full_name, own.given_name)
    for start, end in sorted(places(text, tokens(text), _LANGUAGES, names, mine), reverse=True):
        text = text[:start] + _cased(another, text[:start]) + text[end:]
    return text


def _forms(own: Child, children: Iterable[Child], involved: frozenset[str]) -> dict[str, list[_Form]]:
    """Every way to write a name, by its first word; the own child's among them, which win where both fit."""
    forms: dict[str, list[_Form]] = {}

    def add(name: str, *, own: bool, capital: bool = False) -> None:
        found = tuple(fold(word.word) for word in tokens(name))
        if found and len("".join(found)) > 1:
            forms.setdefault(found[0], []).append(_Form(found, own, capital))

    ordinary = {fold(word) for language in _LANGUAGES for word in guard_words.words(language, "ordinary")}
    for child in (own, *(one for one in children if one.id != own.id)):
        mine, sure = child.id == own.id, child.id in involved
        surname = f"{child.prefix} {child.surname}".strip()
        add(child.given_name, own=mine, capital=not sure and fold(child.given_name) in ordinary)
        for last in {surname, child.surname} - {""}:
            add(f"{child.given_name} {last}", own=mine)
            add(last, own=mine, capital=True)
            for size in range(1, len(child.surname)):  # Emma J, Emma Jans
                if last == child.surname:
                    _add_beginning(forms, child, child.surname[:size], own=mine)
    return forms


def _add_beginning(forms: dict[str, list[_Form]], child: Child, begun: str, *, own: bool) -> None:
    words = tuple(fold(word.word) for word in tokens(f"{child.given_name} {begun}"))
    if len(words) > 1:
        forms.setdefault(words[0], []).append(_Form(words, own, capital=True))


def _longest(
    text: str, words: Sequence[TextWord], folded: Sequence[str], at: int, forms: dict[str, list[_Form]]
) -> _Found | None:
    """The other child's name that begins at a word; None where none does, or the own child's is as long."""
    begins = {folded[at], folded[at].removesuffix("'"), folded[at].removesuffix("s"), folded[at].removesuffix("'s")}
    best: _Found | None = None
    own = 0
    for form in (form for begin in begins for form in forms.get(begin, ())):
        after = at + len(form.words)
        if after > len(words) or tuple(folded[at : after - 1]) != form.words[:-1]:
            continue
        tail = folded[after - 1].removeprefix(form.words[-1])
        if not folded[after - 1].startswith(form.words[-1]) or tail not in ("", *_GENITIVES):
            continue
        if form.capital and not text[words[after - 1].start].isupper():
            continue
        if form.own:
            own = max(own, len(form.words))
        elif best is None or after > best.after or (after == best.after and not tail):
            best = _Found(at, after, bool(tail))
    return best if best is not None and best.after - at > own else None


def _cased(words: str, before: str) -> str:
    """With a capital where a sentence begins."""
    before = before.rstrip(_QUOTES)
    begins = not before or before[-1] in _SENTENCE_ENDS
    return words[:1].upper() + words[1:] if begins else words
