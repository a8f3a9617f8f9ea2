"""The words of the entry language that are no entry but a command, in nl, nb and en."""

from collections.abc import Mapping

Table = Mapping[str, str]

COMMAND_WORDS: Mapping[str, Table] = {
    "en": {
        "call": "call", "week": "week", "history": "history", "group": "group", "hand_over": "hand-over handover",
        "evacuation": "evacuation", "help": "help", "mark": "mark", "lock": "lock", "theme": "theme",
        "unlock": "unlock",
        "language": "language", "undo": "undo", "redo": "redo", "sort": "sort", "quit": "quit",
        "texts": "texts", "mind": "mind particulars", "missing": "complete",
        "count": "count", "counts": "counts", "memo": "memo", "report": "report",
    },
    "nl": {
        "call": "bel bellen", "week": "week", "history": "geschiedenis", "group": "groep", "hand_over": "overdracht",
        "evacuation": "ontruiming", "help": "help hulp", "mark": "markeer", "lock": "vergrendel slot",
        "unlock": "ontgrendel",
        "theme": "thema", "language": "taal", "undo": "ongedaan terug", "redo": "opnieuw", "sort": "sorteer",
        "quit": "stop afsluiten", "texts": "teksten", "mind": "bijzonderheden", "missing": "volledig",
        "count": "tel", "counts": "tellingen", "memo": "memo geheugensteun",
        "report": "verslag rapport",
    },
    "nb": {
        "call": "ring", "week": "uke", "history": "historikk", "group": "avdeling gruppe",
        "hand_over": "henting overlevering", "evacuation": "evakuering", "help": "hjelp", "mark": "merk",
        "lock": "lås", "unlock": "låsopp",
        "theme": "tema", "language": "språk", "undo": "angre", "redo": "gjenta", "sort": "sorter", "quit": "avslutt",
        "texts": "tekster", "mind": "hensyn", "missing": "fullstendig",
        "count": "tell", "counts": "tellinger", "memo": "memo huskelapp",
        "report": "rapport",
    },
}  # fmt: skip
# Commands that may be asked of a child that is named before them.
CHILD_COMMANDS: frozenset[str] = frozenset(
    {"call", "mind", "memo", "week", "history", "hand_over", "incident", "report"}
)
# Commands that a group's name may stand behind.
GROUP_COMMANDS: frozenset[str] = frozenset({"group", "hand_over"})
