"""The words around amounts, and portions said in several words, in nl, nb and en; English is understood everywhere."""

from collections.abc import Mapping
from functools import cache

from kindertui.domain.entry.time_words import Phrases, by_first_word
from kindertui.domain.entry.words import fold

# Behind a number: it is an amount.
MEASURES = frozenset(
    {
        "ml", "cc", "dl", "cl", "l", "g", "gr", "gram", "grams", "kg", "mg", "mcg", "stuks", "stuk", "stk", "stykk",
        "keer", "ganger", "times", "%", "graden", "grader", "degrees", "c", "°", "°c",
        "schepjes", "skjeer", "druppels", "drops", "oz", "scoops", "maatschepjes", "måleskjeer",
    }
)  # fmt: skip
OF = frozenset({"of", "van", "av", "uit"})
AND = frozenset({"and", "en", "og", "+", "&"})
# What may stand before a portion: the program itself says "ate ¾".
ATE = frozenset({"ate", "gegeten", "spiste", "at", "spist", "ongeveer", "about", "omtrent"})
_PORTIONS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "two thirds": "2/3", "a third": "1/3", "almost all": "3/4", "nearly all": "3/4", "almost everything": "3/4",
        "nearly everything": "3/4", "three quarters": "3/4", "a quarter": "1/4", "a bit": "1/4", "a little": "1/4",
        "very little": "1/4", "not much": "1/4", "almost nothing": "1/4", "not all": "3/4", "half of it": "1/2",
        "a half": "1/2", "all of it": "1", "did not eat": "0", "nothing at all": "0",
    },
    "nl": {
        "twee derde": "2/3", "een derde": "1/3", "bijna alles": "3/4", "zo goed als alles": "3/4", "bijna op": "3/4",
        "bijna leeg": "3/4", "bijna helemaal": "3/4", "drie kwart": "3/4", "drie vierde": "3/4", "een kwart": "1/4",
        "een beetje": "1/4", "klein beetje": "1/4", "heel weinig": "1/4", "een klein beetje": "1/4",
        "niet veel": "1/4", "bijna niets": "1/4", "bijna niks": "1/4", "de helft": "1/2", "een halve": "1/2",
        "alles op": "1", "helemaal op": "1", "niet gegeten": "0", "helemaal niets": "0", "niet alles": "3/4",
    },
    "nb": {
        "to tredeler": "2/3", "en tredel": "1/3", "nesten alt": "3/4", "nesten tomt": "3/4", "nesten hele": "3/4",
        "tre fjerdedeler": "3/4",
        "tre fjerdedel": "3/4", "tre kvart": "3/4", "en fjerdedel": "1/4", "et kvart": "1/4", "litt grann": "1/4",
        "veldig lite": "1/4", "ikke mye": "1/4", "nesten ingenting": "1/4", "en halv": "1/2", "halve": "1/2",
        "ikke noe": "0", "ingen ting": "0", "spiste ikke": "0", "spiste opp": "1", "ikke alt": "3/4",
        "alt sammen": "1",
    },
}  # fmt: skip
# A portion word that a word before it makes less, or nothing, of: without the phrase above it is no longer itself.
COMPARED = by_first_word(["less than", "more than", "minder dan", "meer dan", "mindre enn", "mer enn"])
HEDGES = frozenset(
    fold(word) for word in ["almost", "nearly", "not", "bijna", "niet", "haast", "nesten", "ikke", "zowat"]
)


@cache
def portion_phrases(language: str) -> tuple[Phrases, Mapping[str, str]]:
    """The phrases, and the fraction that each says (folded, with a blank between its words)."""
    tables = [_PORTIONS["en"], _PORTIONS.get(language, {})]
    shares = {" ".join(map(fold, text.split())): share for table in tables for text, share in table.items()}
    return by_first_word(shares), shares
