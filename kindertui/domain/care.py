"""Food against what must be minded: a plain comparison of words, in no language's grammar."""

from kindertui.domain.entry.words import fold

# Words of a diet or an allergy that name no food.
_NO_FOOD = frozenset(
    {
        "allergy", "allergic", "allergie", "allergisch", "allergi", "allergisk", "diet", "dieet", "diett", "free",
        "vrij", "fri", "intolerance", "intolerantie", "intoleranse", "against", "tegen", "mot", "with", "without",
        "met", "zonder", "med", "uten", "and", "not", "no", "geen", "ikke", "ingen", "only", "alleen", "bare", "have",
        "the", "een", "niet", "wel", "var", "for", "voor",
    }
)  # fmt: skip


def _words(text: str) -> set[str]:
    apart = "".join(character if character.isalnum() else " " for character in fold(text))
    return {word for word in apart.split() if len(word) > 1 and word not in _NO_FOOD}


def _same_food(one: str, other: str) -> bool:
    """The same word, its plural, or one inside the other (melk, koemelk); words under four letters must be whole."""
    short, long = sorted((one, other), key=len)
    if len(short) >= 4:
        return short in long
    return short == long or (len(short) == 3 and long.startswith(short) and len(long) <= 5)


def food_named(text: str, fact: str) -> str | None:
    """The first word of `text` that a diet or an allergy names as well, folded; None when there is none."""
    named = _words(fact)
    return next((word for word in sorted(_words(text)) if any(_same_food(word, other) for other in named)), None)
