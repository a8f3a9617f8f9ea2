"""What is said of a day in words that are no verb of the table: `te laat`, `naar huis`, `niet geslapen`, `poepluier`.

Each phrase stands for words of the language; what is behind `|` is kept as text as well (`diarree` is a soiled nappy of
which somebody has to know more): the token of the verb says it. They are understood whole only: nothing is completed
to them, and no beginning of one is taken for it.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cache

from kindertui.domain.entry.spoken import phrase_at
from kindertui.domain.entry.time_words import Phrases, by_first_word
from kindertui.domain.entry.tokens import Token, join
from kindertui.domain.entry.words import Vocabulary, fold

_PHRASES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "fell asleep": "sleep", "went to sleep": "sleep", "is asleep": "sleep", "sleeping": "sleep",
        "in bed": "sleep", "went to bed": "sleep", "to bed": "sleep", "napping": "sleep", "asleep since": "sleep",
        "slept from": "sleep", "did not sleep": "sleep no", "not slept": "sleep no", "no nap": "sleep no",
        "no sleep": "sleep no", "woke up": "woke", "is awake": "woke", "awake since": "woke", "sleep check": "check",
        "checked": "check", "pee": "nappy wet", "poo": "nappy soiled", "poop": "nappy soiled",
        "wet nappy": "nappy wet", "dirty nappy": "nappy soiled", "soiled nappy": "nappy soiled",
        "poopy nappy": "nappy soiled", "diarrhoea": "nappy soiled|diarrhoea", "diarrhea": "nappy soiled|diarrhea",
        "runny poo": "nappy soiled|runny poo", "changed": "nappy", "on the potty": "wc", "went to the toilet": "wc",
        "drinks": "drink", "eats": "meal", "milk bottle": "bottle", "paracetamol": "med|paracetamol",
        "ointment": "med|ointment", "fell": "incident|fell", "arrival": "in", "departure": "out", "here": "in",
        "is here": "in", "present": "in", "picked up": "out", "went home": "out", "goes home": "out", "home": "out",
        "is sick": "sick", "reported sick": "sick", "called in sick": "sick", "well again": "better",
        "comes later": "late", "comes late": "late", "will be late": "late", "running late": "late",
        "early pick-up": "early", "early pickup": "early", "picked up early": "early", "other pick-up": "pick-up",
        "other pickup": "pick-up", "extra day": "extra", "swap day": "swap", "swap days": "swap",
        "flexible hours": "flex", "absent without notice": "absent", "no show": "absent", "on holiday": "holiday",
        "day off": "leave", "head count": "count", "head counts": "counts", "what is missing": "complete",
        "what to mind": "mind", "short words": "texts", "played outside": "activity|played outside", "drank": "drink",
        "message": "note", "remark": "note",
        "another group": "group", "mark all who are in": "mark", "take back": "undo",
        "do again": "redo", "unlock the day": "unlock", "order": "sort", "light or dark": "theme",
        "leave the program": "quit",
        "fever": "temp", "calpol": "med|calpol", "napped": "sleep", "did not nap": "sleep no", "off sick": "sick",
        "bumped": "incident|bumped", "dropped off": "in", "dropped off by": "in", "picked up by": "out",
    },
    "nl": {
        "dutje": "slaap", "slaapje": "slaap", "ingeslapen": "slaap", "valt in slaap": "slaap", "in slaap": "slaap",
        "viel in slaap": "slaap", "naar bed": "slaap", "in bed": "slaap", "op bed": "slaap", "ligt in bed": "slaap",
        "is in slaap": "slaap", "gaan slapen": "slaap", "doet een dutje": "slaap", "niet geslapen": "slaap niet",
        "geen slaapje": "slaap niet", "geen dutje": "slaap niet", "wil niet slapen": "slaap niet|wil niet slapen",
        "is wakker": "wakker", "wakker geworden": "wakker", "werd wakker": "wakker", "wakker sinds": "wakker",
        "uit bed": "wakker", "ontwaakt": "wakker", "slaapcheck": "controle", "gecontroleerd": "controle",
        "slaap controle": "controle", "nagekeken": "controle", "plas": "luier nat", "plasje": "luier nat",
        "geplast": "luier nat", "plasluier": "luier nat", "natte luier": "luier nat", "poep": "luier poep",
        "gepoept": "luier poep", "poepje": "luier poep", "poepluier": "luier poep", "vieze luier": "luier poep",
        "kaka": "luier poep", "vuile luier": "luier poep", "dunne poep": "luier poep|dunne poep",
        "diarree": "luier poep|diarree", "dunne luier": "luier poep|dunne luier", "droge luier": "luier droog",
        "verschonen": "luier", "luier verschoond": "luier", "schone luier": "luier", "plas en poep": "luier beide",
        "poep en plas": "luier beide", "plas gedaan": "luier nat", "op het potje": "wc", "op potje": "wc",
        "naar de wc": "wc", "op de wc": "wc", "drinkt": "drinken", "dronk": "drinken", "melkfles": "fles",
        "flesvoeding": "fles", "eet": "eten", "at": "eten", "warm eten": "eten|warm eten",
        "warme maaltijd": "eten|warme maaltijd", "fruithap": "fruit|fruithap", "fruithapje": "fruit|fruithapje",
        "groentehap": "eten|groentehap", "groentehapje": "eten|groentehapje", "paracetamol": "medicijn|paracetamol",
        "zetpil": "medicijn|zetpil", "zalf": "medicijn|zalf", "neusdruppels": "medicijn|neusdruppels",
        "medicijnen": "medicijn", "gevallen": "ongeval|gevallen", "valletje": "ongeval|valletje",
        "viel": "ongeval|viel", "gestoten": "ongeval|gestoten", "ongelukje": "ongeval|ongelukje", "aanwezig": "in",
        "gekomen": "in", "is er": "in", "aangekomen": "in", "aankomst": "in", "komt binnen": "in", "is binnen": "in",
        "gebracht door": "in", "gehaald": "uit", "naar huis": "uit", "vertrokken": "uit", "vertrek": "uit",
        "is opgehaald": "uit", "opgehaald door": "uit", "wordt opgehaald": "uit", "afgehaald": "uit",
        "te laat": "laat", "komt later": "laat", "komt te laat": "laat", "is te laat": "laat", "is later": "laat",
        "verlaat": "laat", "eerder halen": "vroeg", "eerder ophalen": "vroeg", "eerder opgehaald": "vroeg",
        "vroeg halen": "vroeg", "vroeger halen": "vroeg", "eerder naar huis": "vroeg",
        "wordt eerder gehaald": "vroeg", "eerder weg": "vroeg", "wordt eerder opgehaald": "vroeg",
        "iemand anders haalt op": "ophalen", "andere haler": "ophalen", "haalt op": "ophalen",
        "wordt gehaald door": "ophalen", "wordt opgehaald door": "ophalen", "ophalen door": "ophalen",
        "ruilen": "ruil", "extra dag": "extra", "flexuren": "flex", "flexibele uren": "flex", "is ziek": "ziek",
        "niet afgemeld": "afwezig", "ziekgemeld": "ziek", "ziek gemeld": "ziek",
        "ziekmelding": "ziek", "weer beter": "beter", "is beter": "beter", "op vakantie": "vakantie",
        "studiedag": "verlof|studiedag", "vrije dag": "verlof", "vrij dag": "verlof", "dagje vrij": "verlof",
        "consultatiebureau": "dokter|consultatiebureau", "cb": "dokter|CB", "naar de dokter": "dokter",
        "naar de tandarts": "tandarts", "naar de huisarts": "dokter", "schriftje": "notitie",
        "bijzonderheid": "notitie", "opmerking": "notitie", "bericht": "notitie", "gespeeld": "activiteit",
        "buiten gespeeld": "activiteit|buiten gespeeld", "temperatuur gemeten": "temp", "korte woorden": "teksten",
        "wat er ontbreekt": "volledig", "ongedaan maken": "terug", "telling": "tel", "vergrendelen": "vergrendel",
        "ontgrendelen": "ontgrendel", "markeren": "markeer", "volgorde": "sorteer", "dag ontgrendelen": "ontgrendel",
        "andere groep": "groep", "opnieuw doen": "opnieuw", "hoofden tellen": "tel",
        "allen markeren": "markeer", "licht of donker": "thema",
        "gaat slapen": "slaap", "ging slapen": "slaap", "heeft geslapen": "slaap", "heeft niet geslapen": "slaap niet",
        "is wakker geworden": "wakker", "heeft gegeten": "eten", "heeft gedronken": "drinken",
        "naar bed gebracht": "slaap",
        "naar tandarts": "tandarts", "naar dokter": "dokter",
    },
    "nb": {
        "sovnet": "sov", "sovna": "sov", "lur": "sov", "soving": "sov", "hvile": "sov", "hviler": "sov",
        "la seg": "sov", "søvn": "sov", "legger seg": "sov", "lagt seg": "sov", "i seng": "sov", "i senga": "sov",
        "tok en lur": "sov", "ikke sovet": "sov ikke", "har ikke sovet": "sov ikke", "ingen lur": "sov ikke",
        "ingen søvn": "sov ikke", "uten lur": "sov ikke", "er våken": "våken", "våknet opp": "våken",
        "våken siden": "våken", "sto opp": "våken", "våkna": "våken", "sovetilsyn": "sjekk", "sovesjekk": "sjekk",
        "sjekket": "sjekk", "sett til": "sjekk", "sjekka": "sjekk", "tiss": "bleie våt", "tisset": "bleie våt",
        "tissa": "bleie våt", "bæsj": "bleie bæsj", "bæsjet": "bleie bæsj", "bæsja": "bleie bæsj",
        "tissebleie": "bleie våt", "bæsjebleie": "bleie bæsj", "våt bleie": "bleie våt", "vått": "bleie våt",
        "løs": "bleie bæsj|løs", "løs avføring": "bleie bæsj|løs avføring", "diaré": "bleie bæsj|diaré",
        "løs bæsj": "bleie bæsj|løs bæsj", "skift": "bleie", "bleieskift": "bleie", "skiftet": "bleie",
        "skiftet bleie": "bleie", "tørr bleie": "bleie tørr", "tiss og bæsj": "bleie begge",
        "bæsj og tiss": "bleie begge", "på do": "do", "på potta": "do", "på potte": "do", "på toalettet": "do",
        "drikker": "drikke", "matpakke": "mat|matpakke", "grøt": "mat|grøt", "brødskive": "mat|brødskive",
        "nonmat": "mellommåltid|nonmat", "spiser": "mat", "spist": "mat", "flaskemelk": "flaske",
        "paracet": "medisin|paracet", "salve": "medisin|salve", "nesespray": "medisin|nesespray",
        "medisiner": "medisin", "falt": "hendelse|falt", "slo seg": "hendelse|slo seg", "ramlet": "hendelse|ramlet",
        "falt og slo seg": "hendelse|falt og slo seg", "kommet": "inn", "er her": "inn", "til stede": "inn",
        "ankommet": "inn", "levert": "inn", "er kommet": "inn", "levert av": "inn", "ankomst": "inn",
        "har kommet": "inn", "dro": "ut", "gått": "ut", "gikk hjem": "ut", "dro hjem": "ut", "reist": "ut",
        "er hentet": "ut", "hentet av": "ut", "ble hentet": "ut", "har gått": "ut", "gått hjem": "ut", "dratt": "ut",
        "reiste hjem": "ut", "hjem": "ut", "for sent": "sen", "kommer sent": "sen", "kommer senere": "sen",
        "kommer for sent": "sen", "senere": "sen", "kommer litt senere": "sen", "er forsinket": "sen",
        "hentes tidlig": "tidlig", "hentes tidligere": "tidlig", "tidlig henting": "tidlig",
        "blir hentet tidlig": "tidlig", "en annen henter": "henter", "annen henter": "henter",
        "noen andre henter": "henter",
        "hentes av": "henter", "blir hentet av": "henter", "ekstra dag": "ekstra", "bytte dag": "bytte",
        "fleksitid": "fleks", "borte uten beskjed": "borte", "sykmeldt": "syk", "er syk": "syk", "sykemeldt": "syk",
        "meldt syk": "syk", "frisk igjen": "frisk", "er frisk": "frisk", "på ferie": "ferie", "har fri": "fri",
        "tar fri": "fri", "fridag": "fri", "planleggingsdag": "permisjon|planleggingsdag",
        "helsestasjon": "lege|helsestasjon", "helsestasjonen": "lege|helsestasjonen", "til legen": "lege",
        "hos legen": "lege", "hos tannlegen": "tannlege", "til tannlegen": "tannlege", "beskjed": "notat",
        "melding": "notat", "lekt": "aktivitet", "lekte ute": "aktivitet|lekte ute", "målte temperatur": "temp",
        "korte ord": "tekster", "det som mangler": "fullstendig", "telling": "tell", "annen avdeling": "avdeling",
        "lås opp dagen": "låsopp", "ved henting": "overlevering", "henting": "overlevering", "lås opp": "låsopp",
        "merk alle inne": "merk", "lyst eller mørkt": "tema",
        "har sovet": "sov", "skal sove": "sov", "ble våken": "våken", "har spist": "mat", "har drukket": "drikke",
    },
}  # fmt: skip
# Things a child has: which of two verbs is meant is asked.
_THINGS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "water": "drink", "milk": "drink", "cup": "drink", "tea": "drink", "juice": "drink", "bread": "lunch",
        "sandwich": "lunch", "cracker": "snack", "banana": "fruit", "apple": "fruit", "porridge": "breakfast",
    },
    "nl": {
        "water": "drinken", "melk": "drinken", "beker": "drinken", "thee": "drinken", "sap": "drinken",
        "boterham": "lunch", "boterhammen": "lunch", "brood": "lunch", "cracker": "snack", "soepstengel": "snack",
        "koekje": "snack", "banaan": "fruit", "appel": "fruit", "pap": "ontbijt", "yoghurt": "snack",
    },
    "nb": {
        "vann": "drikke", "melk": "drikke", "kopp": "drikke", "saft": "drikke", "brød": "lunsj",
        "knekkebrød": "lunsj", "kjeks": "mellommåltid", "banan": "frukt", "eple": "frukt", "yoghurt": "mellommåltid",
    },
}  # fmt: skip


# What is said without saying which of several reports it is: it is asked.
_OPEN: Mapping[str, str] = {"afgemeld": "sick leave holiday"}


def _languages(language: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((language if language in _PHRASES else "en", "en")))


@cache
def _phrases(language: str) -> tuple[Phrases, Mapping[str, str]]:
    """The phrases, and what each stands for (folded, with a blank between its words)."""
    found: dict[str, str] = {}
    for name in _languages(language):
        for text, means in _PHRASES[name].items():
            found.setdefault(" ".join(map(fold, text.split())), means)
    return by_first_word(found), found


def join_verb(entry: Sequence[Token], names: Collection[str], known: Vocabulary, language: str) -> list[Token]:
    """The entry, with the first phrase that stands where its verb may be joined into words of the language.

    `names`: the given names on the roster, folded; a child of that name is meant before a phrase.
    """
    phrases, means = _phrases(language)
    for i, word in enumerate(entry):
        if word.literal:
            continue
        size = phrase_at(entry, i, phrases)
        if size and word.folded not in names:
            said = " ".join(one.folded for one in entry[i : i + size])
            return [*entry[:i], *_meaning(entry[i : i + size], means[said]), *entry[i + size :]]
        if word.folded in known.words and word.folded not in names:
            break
    return list(entry)


def _meaning(typed: Sequence[Token], means: str) -> list[Token]:
    """The words a phrase stands for: the verb, which says what text is kept, and others behind it."""
    words, _, text = means.partition("|")
    verb, *more = words.split()
    first = join(typed, text, fold(verb))
    return [first, *(Token("", word, fold(word), first.end) for word in more)]


def open_reports(word: str) -> str:
    """The reports, with blanks between them, that a word (folded) may be: `afgemeld` says not why."""
    return _OPEN.get(word, "")


def thing_verb(word: str, language: str) -> str | None:
    """The verb that a thing a child may have (folded) is likely to be meant with."""
    for name in _languages(language):
        for thing, verb in _THINGS[name].items():
            if fold(thing) == word:
                return verb
    return None
