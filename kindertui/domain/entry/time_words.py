"""The words with which times, lengths of time and days are said in nl, nb and en. English is understood everywhere.

Folded as in words.py. Phrases of several words are written with their blanks.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from kindertui.domain.entry.words import WEEKDAYS, fold

# Before a time: they only lead in. The strong ones make a time of a bare hour as well (`om 7`, `kl 7`, `at 7`).
_STRONG = {
    "en": "at since around", "nl": "om sinds vanaf rond omstreeks tegen", "nb": "kl kl. klokka klokken siden rundt",
}  # fmt: skip
_WEAK = {
    "en": "from about by on ca circa",
    "nl": "van op ongeveer ca ca. circa de klokke",
    "nb": "fra pa av ca ca. omtrent",
}
# Before the first time of two, and between them.
_BETWEEN = {"en": "between", "nl": "tussen", "nb": "mellom"}
_FROM = {"en": "from", "nl": "van vanaf", "nb": "fra"}
_UNTIL = {
    "en": "until|till|til|to|thru|through|up to and including|up to", "nl": "tot|t/m|tm|tot en met|tot aan",
    "nb": "til|t.o.m.|t.o.m|tom|til og med|frem til|fram til",
}  # fmt: skip
_AND = {"en": "and", "nl": "en", "nb": "og"}
_HOURS = {
    "en": "one two three four five six seven eight nine ten eleven twelve",
    "nl": "een twee drie vier vijf zes zeven acht negen tien elf twaalf",
    "nb": "ett to tre fire fem seks sju atte ni ti elleve tolv",
}
_OTHER_HOURS = {"en": {}, "nl": {"één": 1}, "nb": {"en": 1, "syv": 7}}
_MINUTES = {
    "en": {"five": 5, "ten": 10, "quarter": 15, "a quarter": 15, "twenty": 20},
    "nl": {"vijf": 5, "tien": 10, "kwart": 15, "kwartier": 15, "twintig": 20},
    "nb": {"fem": 5, "ti": 10, "kvart": 15, "tjue": 20},
}
_PAST = {"en": "past", "nl": "over", "nb": "over"}
_TO = {"en": "to", "nl": "voor", "nb": "pa"}
_HALF = {"en": "half", "nl": "half", "nb": "halv"}
_OCLOCK = {"en": "o'clock oclock", "nl": "uur u uur. u.", "nb": ""}
_MORNING = "am a.m."
_EVENING = "pm p.m."
_UNITS: Mapping[str, Mapping[int, str]] = {
    "en": {1: "min mins minute minutes", 60: "hour hours hrs hr"},
    "nl": {1: "min min. minuut minuten minuutjes", 60: "uur uren uurtje"},
    "nb": {1: "min min. minutt minutter", 60: "time timer t"},
}
_LENGTHS = {
    "en": {"half an hour": 30, "an hour": 60, "quarter of an hour": 15, "a quarter of an hour": 15, "half hour": 30},
    "nl": {"half uur": 30, "halfuur": 30, "halfuurtje": 30, "een half uur": 30, "kwartier": 15, "kwartiertje": 15,
           "een kwartier": 15, "een uur": 60, "anderhalf uur": 90, "uurtje": 60},
    "nb": {"en halv time": 30, "halv time": 30, "et kvarter": 15, "kvarter": 15, "en time": 60, "halvannen time": 90},
}  # fmt: skip
_AGO = {"en": "ago", "nl": "geleden", "nb": "siden"}
_NOW = {"en": "now|just now|just", "nl": "nu|nou|zojuist|net|zonet", "nb": "na|nettopp|na nettopp|akkurat"}
_TODAY = {
    "en": "today|this morning|this afternoon|this evening|tonight|soon|later",
    "nl": "vandaag|vanmorgen|vanochtend|vanmiddag|vanavond|straks|zometeen|later",
    "nb": "i dag|idag|i morges|imorges|i formiddag|i ettermiddag|i kveld|snart|om litt|senere",
}  # fmt: skip
_TOMORROW = {"en": "tomorrow", "nl": "morgen", "nb": "i morgen|imorgen"}
_DAY_AFTER = {"en": "day after tomorrow", "nl": "overmorgen", "nb": "i overmorgen|iovermorgen"}
# Days gone by, which an entry names with `@`.
_PAST_DAYS = {
    "en": "yesterday|last night", "nl": "gisteren|eergisteren|gisteravond|gistermiddag|vannacht",
    "nb": "i gar|igar|i forgars|iforgars|i natt",
}  # fmt: skip
# As the program prints them, and as people write them; Norwegian `fri` is leave, `man` and `son` may be text.
_SHORT_WEEKDAYS = {
    "en": "mon tue wed thu fri sat sun", "nl": "ma di wo do vr za zo", "nb": "man tir ons tor fre lor son",
}  # fmt: skip
_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
}
_SHORT_MONTHS = {
    "en": "jan feb mar apr may jun jul aug sep oct nov dec", "nl": "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "nb": "jan feb mar apr mai jun jul aug sep okt nov des",
}  # fmt: skip
_OTHER_MONTHS = {"en": {"sept": 9}, "nl": {"sept": 9, "maa": 3}, "nb": {"sept": 9}}
_THIS = {
    "en": "this|coming|this coming",
    "nl": "deze|komende|aanstaande|a.s.",
    "nb": "denne|kommende|forstkommende|na pa",
}
_NEXT = {"en": "next", "nl": "volgende", "nb": "neste"}
_WEEK = {"en": "week", "nl": "week", "nb": "uke uka uken"}
_WHOLE = {"en": "whole|all|the whole", "nl": "hele|de hele|heel", "nb": "hele|hele denne"}
_DAY = {"en": "day", "nl": "dag", "nb": "dag dagen"}
_DAYS = {"en": "days weeks", "nl": "dagen weken dagje", "nb": "dager uker"}
_FURTHER_NOTICE = {
    "en": "until further notice", "nl": "tot nader order|tot nader bericht|tot nader", "nb": "inntil videre|til videre",
}  # fmt: skip
_ON = {"en": "on from", "nl": "op van vanaf sinds per", "nb": "pa fra den fra siden"}
# Parts of a day, and days that come again: a report is about days and hours that are said.
_PARTS = {
    "en": "morning afternoon evening", "nl": "ochtend middag namiddag avond",
    "nb": "morgen formiddag ettermiddag kveld",
}  # fmt: skip
_EVERY = {"en": "every each", "nl": "elke iedere", "nb": "hver hvert"}
# What takes back what was typed before it.
_DENIALS = {
    "en": "not no never almost nearly", "nl": "niet nee geen nooit bijna haast", "nb": "ikke nei ingen aldri nesten",
}  # fmt: skip
# A time of the year that is no day: behind a report it is asked which days.
_SEASONS = {
    "en": "christmas easter summer autumn winter spring",
    "nl": "kerst kerstvakantie pasen zomer zomervakantie herfstvakantie voorjaarsvakantie meivakantie carnaval",
    "nb": "jul jula paske pasken sommer sommerferie hostferie vinterferie",
}
# Before who brings or fetches: `opgehaald door oma`.
_BY = {"en": "by with", "nl": "door met", "nb": "av med"}


# Phrases by their first word, the longest first: a word that begins none is passed over at once.
Phrases = Mapping[str, tuple[tuple[str, ...], ...]]


class TimeWords(NamedTuple):
    """The words of one language, and the English ones, folded."""

    strong: frozenset[str]
    weak: frozenset[str]
    between: frozenset[str]
    begins: frozenset[str]
    until: Phrases
    together: frozenset[str]
    hours: Mapping[str, int]
    minutes: Mapping[str, int]
    past: frozenset[str]
    to: frozenset[str]
    half_before: frozenset[str]  # half seven is 6:30
    half_past: frozenset[str]  # half seven is 7:30
    oclock: frozenset[str]
    morning: frozenset[str]
    evening: frozenset[str]
    units: Mapping[str, int]
    lengths: Mapping[tuple[str, ...], int]
    length_phrases: Phrases
    ago: frozenset[str]
    now: Phrases
    today: Phrases
    tomorrow: Phrases
    day_after: Phrases
    past_days: Phrases
    weekdays: Mapping[str, int]
    short_weekdays: Mapping[str, int]
    months: Mapping[str, int]
    this: Phrases
    next: frozenset[str]
    week: frozenset[str]
    whole: Phrases
    day: frozenset[str]
    days: frozenset[str]
    further_notice: Phrases
    on: frozenset[str]
    by: frozenset[str]
    seasons: frozenset[str]
    parts: frozenset[str]
    no_days: frozenset[str]  # a month or a week alone, weekdays in the plural or with a part of the day, every
    denials: frozenset[str]
    named_days: Phrases  # a day that is not the one of the line: gone by, to come, a weekday
    begin_time: frozenset[str]  # what a time that is said in words may begin with
    begin_day: frozenset[str]

    def every_word(self) -> Iterator[str]:
        """All words, folded, those of phrases one by one."""
        for table in self:
            yield from (word for word in table if isinstance(word, str))
        for phrases in (self.until, self.now, self.today, self.tomorrow, self.day_after, self.past_days, self.this):
            yield from _words_of(phrases)
        for phrases in (self.whole, self.further_notice, self.length_phrases):
            yield from _words_of(phrases)


def _words_of(phrases: Phrases) -> Iterator[str]:
    return (word for same in phrases.values() for phrase in same for word in phrase)


@cache
def time_words(language: str) -> TimeWords:
    """The words of `language` and the English ones; only these for a language that is not known."""
    own = language if language in _HOURS else "en"
    both = tuple(dict.fromkeys(("en", own)))

    def words(table: Mapping[str, str]) -> frozenset[str]:
        return frozenset(fold(word) for name in both for word in table[name].split())

    def phrases(table: Mapping[str, str]) -> Phrases:
        return by_first_word(text for name in both for text in table[name].split("|") if text)

    def numbered(table: Mapping[str, str], more: Mapping[str, Mapping[str, int]], first: int) -> dict[str, int]:
        found = {fold(w): n for name in both for n, w in enumerate(table[name].split(), first)}
        return found | {fold(word): number for name in both for word, number in more[name].items()}

    none: dict[str, Mapping[str, int]] = {name: {} for name in both}
    short = _SHORT_WEEKDAYS if own != "nb" else {**_SHORT_WEEKDAYS, "en": ""}  # `fri` is leave in Norwegian
    made = TimeWords(
        strong=words(_STRONG),
        weak=words(_WEAK),
        between=words(_BETWEEN),
        begins=words(_FROM),
        until=phrases(_UNTIL),
        together=words(_AND),
        hours=numbered(_HOURS, _OTHER_HOURS, 1),
        minutes={fold(word): number for name in both for word, number in _MINUTES[name].items()},
        past=words(_PAST),
        to=words(_TO),
        half_before=frozenset({_HALF[own]} if own != "en" else ()),
        half_past=frozenset({"half"} if own == "en" else ()),
        oclock=words(_OCLOCK),
        morning=frozenset(_MORNING.split()),
        evening=frozenset(_EVENING.split()),
        units={fold(word): size for name in both for size, text in _UNITS[name].items() for word in text.split()},
        lengths={
            tuple(fold(word) for word in text.split()): minutes
            for name in both
            for text, minutes in sorted(_LENGTHS[name].items(), key=lambda one: -len(one[0].split()))
        },
        ago=words(_AGO),
        now=phrases(_NOW),
        today=phrases(_TODAY),
        tomorrow=phrases(_TOMORROW),
        day_after=phrases(_DAY_AFTER),
        past_days=phrases(_PAST_DAYS),
        weekdays=numbered(WEEKDAYS, none, 0),
        short_weekdays=numbered(short, none, 0),
        months=numbered(_MONTHS, none, 1) | numbered(_SHORT_MONTHS, _OTHER_MONTHS, 1),
        this=phrases(_THIS),
        next=words(_NEXT),
        week=words(_WEEK),
        whole=phrases(_WHOLE),
        day=words(_DAY),
        days=words(_DAYS),
        further_notice=phrases(_FURTHER_NOTICE),
        on=words(_ON),
        by=words(_BY),
        seasons=words(_SEASONS),
        parts=words(_PARTS),
        no_days=words(_EVERY) | words(_WEEK) | _no_days(both),
        denials=words(_DENIALS),
        length_phrases=by_first_word(text for name in both for text in _LENGTHS[name]),
        named_days=by_first_word(
            [
                *(
                    text
                    for table in (_PAST_DAYS, _TOMORROW, _DAY_AFTER)
                    for name in both
                    for text in table[name].split("|")
                ),
                *(day for name in both for day in WEEKDAYS[name].split()),
            ]
        ),
        begin_time=frozenset(),
        begin_day=frozenset(),
    )
    lead_in = (made.strong, made.weak, made.between, made.half_before, made.half_past, made.hours, made.minutes)
    named = (made.on, made.next, made.weekdays, made.short_weekdays, made.months, made.tomorrow, made.day_after)
    return made._replace(
        begin_time=frozenset({"for", "om"}).union(*lead_in, made.until, made.now, made.length_phrases),
        begin_day=frozenset({"today", "vandaag", "i", "idag"}).union(
            *named, made.until, made.this, made.whole, made.week
        ),
    )


def _no_days(languages: tuple[str, ...]) -> frozenset[str]:
    """`december`, `woensdagen`, `vrijdagmiddag`."""
    weekdays = {(name, fold(day)) for name in languages for day in WEEKDAYS[name].split()}
    months = {fold(month) for name in languages for month in _MONTHS[name].split()}
    parts = {part for name in languages for part in map(fold, _PARTS[name].split())}
    plurals = {day + ending for _name, day in weekdays for ending in ("s", "en", "er", "ene")}
    return frozenset(months | plurals | {day + part for _name, day in weekdays for part in parts})


def by_first_word(texts: Iterable[str]) -> Phrases:
    """Phrases, folded, by their first word; the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in dict.fromkeys(tuple(fold(word) for word in text.split()) for text in texts):
        found.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(sorted(same, key=lambda words: -len(words))) for first, same in found.items()}
