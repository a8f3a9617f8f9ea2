"""The words of the entry language in nl, nb and en, and the one lookup over them.

Each row lists the words of one meaning, the word for printing first. English is understood in every language; where a
language uses an English word for something else, its own meaning wins. Words are kept folded for comparing only.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import chain
from typing import Literal, NamedTuple, TypeVar

from kindertui.domain.absences import AbsenceKind
from kindertui.domain.daylog import Kind, Nappy
from kindertui.domain.entry.command_words import COMMAND_WORDS, Table

Category = Literal["step", "report", "command", "menu"]
_Meaning = TypeVar("_Meaning")
_Table = TypeVar("_Table")


class Word(NamedTuple):
    """What a word stands for."""

    category: Category
    name: str


# Canonical verb -> kind of record. `sleep` and `woke` are two ends of one kind.
VERB_KIND: Mapping[str, Kind] = {
    "in": "arrival", "out": "departure", "sleep": "sleep", "woke": "sleep", "check": "sleep_check",
    "breakfast": "meal", "fruit": "meal", "lunch": "meal", "snack": "meal", "dinner": "meal", "meal": "meal",
    "bottle": "bottle", "drink": "drink", "nappy": "nappy", "wc": "toilet", "activity": "activity", "note": "note",
    "temp": "temperature", "med": "medicine", "incident": "incident",
}  # fmt: skip
# `meal` names no meal: what an imported record may lack.
MEAL_VERBS: frozenset[str] = frozenset({"breakfast", "fruit", "lunch", "snack", "dinner"})
# Verbs that are nothing without words.
WORDS_REQUIRED: frozenset[str] = frozenset({"activity", "note", "med", "incident"})

VERB_WORDS: Mapping[str, Table] = {
    "en": {
        "in": "in arrived came", "out": "out left gone", "sleep": "sleep s asleep slept nap", "woke": "woke w awake up",
        "check": "check", "breakfast": "breakfast", "fruit": "fruit", "lunch": "lunch", "snack": "snack",
        "dinner": "dinner supper", "meal": "meal food ate", "bottle": "bottle b", "drink": "drink dr drank",
        "nappy": "nappy d diaper", "wc": "wc toilet potty", "activity": "activity a played", "note": "note n",
        "temp": "temp temperature", "med": "med medicine", "incident": "incident accident",
    },
    "nl": {
        "in": "in binnen gebracht", "out": "uit opgehaald weg", "sleep": "slaap s slapen slaapt sliep geslapen",
        "woke": "wakker w", "check": "slaapcontrole controle", "breakfast": "ontbijt", "fruit": "fruit",
        "lunch": "lunch middageten", "snack": "tussendoortje snack vieruurtje", "dinner": "avondeten diner",
        "meal": "eten maaltijd gegeten", "bottle": "fles f flesje", "drink": "drinken dr gedronken",
        "nappy": "luier l verschoond", "wc": "wc potje toilet", "activity": "activiteit a gespeeld",
        "note": "notitie n", "temp": "temp temperatuur koorts", "med": "medicijn med medicatie",
        "incident": "ongeval incident",
    },
    "nb": {
        "in": "inn kom levert", "out": "ut hentet gikk", "sleep": "sov s sover sovet sove", "woke": "våken v våknet",
        "check": "tilsyn sovetilsyn sjekk", "breakfast": "frokost", "fruit": "frukt", "lunch": "lunsj formiddagsmat",
        "snack": "mellommåltid", "dinner": "middag kveldsmat", "meal": "mat måltid spiste", "bottle": "flaske f",
        "drink": "drikke dr drakk", "nappy": "bleie bl", "wc": "do wc potte toalett", "activity": "aktivitet a lekte",
        "note": "notat n merknad", "temp": "temp temperatur feber", "med": "medisin med",
        "incident": "hendelse uhell ulykke",
    },
}  # fmt: skip

REPORT_WORDS: Mapping[str, Table] = {
    "en": {
        "sick": "sick ill", "better": "better recovered", "holiday": "holiday vacation", "leave": "leave",
        "doctor": "doctor", "dentist": "dentist", "late": "late", "early_pick_up": "early",
        "other_pick_up": "pick-up pickup", "extra_day": "extra", "swap_day": "swap", "flexible_hours": "flex",
        "absent_without_notice": "absent no-show",
    },
    "nl": {
        "sick": "ziek", "better": "beter hersteld", "holiday": "vakantie", "leave": "verlof vrij",
        "doctor": "dokter huisarts arts", "dentist": "tandarts", "late": "laat later", "early_pick_up": "vroeg eerder",
        "other_pick_up": "ophalen ophaler", "extra_day": "extra", "swap_day": "ruil ruildag",
        "flexible_hours": "flex", "absent_without_notice": "afwezig",
    },
    "nb": {
        "sick": "syk sjuk", "better": "frisk bedre", "holiday": "ferie", "leave": "permisjon fri",
        "doctor": "lege legetime", "dentist": "tannlege", "late": "sen sent sein forsinket", "early_pick_up": "tidlig",
        "other_pick_up": "henter hentes", "extra_day": "ekstra ekstradag", "swap_day": "bytte byttedag",
        "flexible_hours": "fleks", "absent_without_notice": "borte fravær",
    },
}  # fmt: skip

# Before a meal: what everybody gets.
MENU_WORDS: Mapping[str, str] = {"en": "menu", "nl": "menu", "nb": "meny"}
ALL_WORDS: Mapping[str, str] = {"en": "all everybody everyone", "nl": "alle allemaal iedereen", "nb": "alle"}
# Behind one of those, and nothing more: `alle inne`, `alle kinderen`.
_ALL_MORE = {"en": "children kids", "nl": "kinderen samen aanwezigen", "nb": "inne sammen barn barna"}
_NO_NAMES = "today tomorrow vandaag morgen overmorgen idag imorgen"  # behind a name no beginning of another
AND_WORDS: Mapping[str, str] = {"en": "and", "nl": "en", "nb": "og"}
EXCEPT_WORDS: Mapping[str, str] = {"en": "except but", "nl": "behalve uitgezonderd", "nb": "unntatt utenom bortsett"}
# Words that only lead in to what comes next: no beginning of a name.
_LEADS = {
    "en": "at since from around about on by until till to too for with is was has the",
    "nl": "om sinds vanaf van rond op door tot t/m tm te bij met naar is was heeft de het een",
    "nb": "kl kl. klokka klokken siden fra på av til for med er var har ca ca. en et",
}
_PORTIONS: Mapping[str, Mapping[float, str]] = {
    "en": {0.0: "none nothing", 0.25: "little bit quarter", 0.5: "half", 0.75: "most almost nearly", 1.0: "all"},
    "nl": {0.0: "niets niks", 0.25: "weinig beetje kwart", 0.5: "half helft halve", 0.75: "meeste driekwart bijna",
           1.0: "alles op leeg"},
    "nb": {0.0: "ingenting intet", 0.25: "litt lite kvart fjerdedel", 0.5: "halvparten halv halve",
           0.75: "mesteparten mest nesten trekvart", 1.0: "alt opp tomt"},
}  # fmt: skip
_CONTENTS: Mapping[str, Mapping[Nappy, str]] = {
    "en": {"wet": "wet pee wee", "soiled": "soiled poo poop", "both": "both", "dry": "dry"},
    "nl": {"wet": "nat plas geplast natte", "soiled": "poep vies gepoept kaka vieze", "both": "beide allebei",
           "dry": "droog droge"},
    "nb": {"wet": "våt tiss vått tisset", "soiled": "bæsj bæsjet", "both": "begge", "dry": "tørr tørt"},
}  # fmt: skip
# Behind `sleep`: it was not.
_NO_SLEEP: Mapping[str, str] = {"en": "no none", "nl": "niet nee geen", "nb": "ikke nei ingen"}
WEEKDAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "nb": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
}
# Behind `@`: how many days back; the weekdays, for the last such day, are joined to them.
_PASTS: Mapping[str, Mapping[int, str]] = {
    "en": {0: "today", 1: "yesterday"},
    "nl": {0: "vandaag", 1: "gisteren", 2: "eergisteren"},
    "nb": {0: "idag", 1: "igår", 2: "iforgårs forgårs"},
}
# Before the words, with a colon: what follows is not for parents. The English one is understood everywhere.
FOR_STAFF_WORDS: Mapping[str, str] = {"en": "staff", "nl": "intern", "nb": "internt"}
# What an `&` brings back; the English words are understood everywhere.
_RECALLS: Mapping[str, Mapping[str, str]] = {
    "en": {"yesterday": "yesterday", "sibling": "sibling"},
    "nl": {"yesterday": "gisteren", "sibling": "broer zus"},
    "nb": {"yesterday": "igår", "sibling": "søsken"},
}
CHANNEL_WORDS = {
    "phone": "phone telefoon telefon", "email": "email e-mail mail epost e-post", "door": "door deur døren",
    "portal": "portal portaal portalen",
}  # fmt: skip

# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "’": "'"})


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """`text` for comparing: no case, no accents (Øster and oster are one)."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    return "".join(character for character in apart if not unicodedata.combining(character))


def merge(own: Mapping[str, Word], english: Mapping[str, Word]) -> dict[str, Word]:
    """Both vocabularies in one; a language's own meaning of a word wins over the English one."""
    return {**english, **own}


class Vocabulary(NamedTuple):
    """Every word one language understands, folded."""

    words: Mapping[str, Word]
    own: Mapping[str, Word]
    everybody: frozenset[str]
    portions: Mapping[str, float]
    contents: tuple[Mapping[str, Nappy], ...]
    no_sleep: frozenset[str]
    channels: Mapping[str, str]
    recalls: tuple[Mapping[str, str], ...]
    pasts: tuple[Mapping[str, int], ...]
    meals: tuple[Mapping[str, str], ...]
    all_more: frozenset[str]
    ands: frozenset[str]
    excepts: frozenset[str]
    leads: frozenset[str]
    no_names: frozenset[str]  # of the language, and behind a name no beginning of another

    def every_word(self) -> Iterator[str]:
        """All words, folded, whatever they mean."""
        yield from _folded(FOR_STAFF_WORDS.values())
        for table in (self.words, self.everybody, self.portions, self.no_sleep, self.channels):
            yield from table
        for tables in (self.contents, self.recalls, self.pasts):
            for one in tables:
                yield from one

    def by_prefix(self, prefix: str) -> list[Word]:
        """The meanings a word may be the beginning of (two letters at least); own words decide before English ones."""
        if len(prefix) < 2:
            return []
        own = {word: None for text, word in self.own.items() if text.startswith(prefix)}
        if len(own) == 1:
            return list(own)
        return list({**own, **{word: None for text, word in self.words.items() if text.startswith(prefix)}})


def _rows(language: str) -> Iterator[tuple[Word, list[str]]]:
    tables: tuple[tuple[Category, Table], ...] = (
        ("step", VERB_WORDS[language]), ("report", REPORT_WORDS[language]), ("command", COMMAND_WORDS[language]),
    )  # fmt: skip
    for category, table in tables:
        for name, words in table.items():
            yield Word(category, name), words.split()
    yield Word("menu", "menu"), MENU_WORDS[language].split()


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for text in words for word in text.split())


def _own_first(language: str, tables: Mapping[str, Mapping[_Meaning, str]]) -> tuple[Mapping[str, _Meaning], ...]:
    """The table of the language, then the English one: word to meaning, folded."""
    return tuple(
        {fold(word): meaning for meaning, text in tables[name].items() for word in text.split()}
        for name in dict.fromkeys((language, "en"))
    )


def _past_table(language: str) -> dict[int, str]:
    """Words of past days: days back, and 10 with the weekday (Monday 0) for a weekday."""
    days = {10 + number: word for number, word in enumerate(WEEKDAYS[language].split())}
    return {**_PASTS[language], **days}


def beginning(word: str, tables: Iterable[Mapping[str, _Meaning]]) -> list[_Meaning]:
    """The meanings a folded word may be the beginning of: a whole word first, a language's own before English ones."""
    tables = tuple(tables)
    for table in tables:
        if word in table:
            return [table[word]]
    for table in tables:
        if found := list(dict.fromkeys(meaning for text, meaning in table.items() if text.startswith(word))):
            return found
    return []


@cache
def vocabulary(language: str) -> Vocabulary:
    """The words of `language`; English ones for a language that is not known."""
    language = language if language in VERB_WORDS else "en"
    both = ("en",) if language == "en" else ("en", language)
    own = {fold(text): word for word, texts in _rows(language) for text in texts}
    english = {fold(text): word for word, texts in _rows("en") for text in texts}
    who = {
        name: _folded(table[one] for one in both)
        for name, table in {"all_more": _ALL_MORE, "ands": AND_WORDS, "excepts": EXCEPT_WORDS, "leads": _LEADS}.items()
    }
    said = (_PORTIONS[name].values() for name in both)
    contained = (_CONTENTS[name].values() for name in both)
    days = (f"{WEEKDAYS[name]} {_NO_SLEEP[name]}" for name in both)
    return Vocabulary(
        words=merge(own, english),
        own=own,
        everybody=_folded(ALL_WORDS[name] for name in both) | {"*"},
        portions={fold(w): share for name in both for share, text in _PORTIONS[name].items() for w in text.split()},
        contents=_own_first(language, _CONTENTS),
        no_sleep=_folded(_NO_SLEEP[name] for name in both),
        channels={fold(word): channel for channel, text in CHANNEL_WORDS.items() for word in text.split()},
        recalls=_own_first(language, _RECALLS),
        meals=tuple(
            {text: word.name for text, word in table.items() if word.category == "step" and word.name in MEAL_VERBS}
            for table in (own, english)
        ),
        pasts=_own_first(language, {name: _past_table(name) for name in _PASTS}),
        **who,
        no_names=frozenset().union(
            *who.values(), _folded(days), _folded(chain(*said, *contained)), _folded([_NO_NAMES])
        ),
    )


def _of(language: str, tables: Mapping[str, _Table]) -> _Table:
    """The table of a language; the English one for a language that is not known."""
    return tables.get(language, tables["en"])


def _first(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text.split()[0] for text in texts)


def verb_word(verb: str, language: str) -> str:
    """The word a verb is printed with."""
    return _of(language, VERB_WORDS)[verb].split()[0]


def menu_word(language: str) -> str:
    """The word a menu is printed with."""
    return _of(language, MENU_WORDS).split()[0]


def for_staff_word(language: str) -> str:
    """The word, without its colon, that keeps what follows from parents."""
    return _of(language, FOR_STAFF_WORDS)


def meal_words(language: str) -> tuple[str, ...]:
    """The meals a menu can be for, one word each."""
    return _first(text for verb, text in _of(language, VERB_WORDS).items() if verb in MEAL_VERBS)


def report_word(kind: AbsenceKind, language: str) -> str:
    """The word an absence's kind is printed with."""
    return _of(language, REPORT_WORDS)[kind].split()[0]


def command_word(name: str, language: str) -> str:
    """The word a command is printed with; `incident` alone on a line is one, and a verb before words."""
    words = _of(language, COMMAND_WORDS).get(name) or _of(language, VERB_WORDS)[name]
    return words.split()[0]


def until_word(language: str) -> str:
    """The word before a last day, where a line is printed."""
    return {"nl": "tot", "nb": "til"}.get(language, "until")


def content_words(language: str) -> tuple[str, ...]:
    """What a nappy can hold, one word each, in `language`."""
    return _first(_of(language, _CONTENTS).values())


def content_word(content: str, language: str) -> str:
    """The word for one content of a nappy."""
    texts = _of(language, _CONTENTS).items()
    return next((text.split()[0] for key, text in texts if key == content), content)


def no_sleep_words(language: str) -> tuple[str, ...]:
    """The words that say, behind `sleep`, that there was none; the one for printing first."""
    return tuple(_of(language, _NO_SLEEP).split())


def past_words(language: str, typed: str = "") -> tuple[str, ...]:
    """The words behind `@` that begin so, without it; English ones where the language has none."""
    for name in dict.fromkeys((language if language in _PASTS else "en", "en")):
        words = [word for text in _past_table(name).values() for word in text.split()]
        if found := tuple(word for word in words if fold(word).startswith(typed)):
            return found
    return ()


def recall_words(language: str) -> tuple[str, ...]:
    """The words behind `&`, without it."""
    return tuple(" ".join(_of(language, _RECALLS).values()).split())


def portion_words(language: str) -> tuple[str, ...]:
    """How much can be eaten, one word each, from nothing to all."""
    return _first(_of(language, _PORTIONS).values())
