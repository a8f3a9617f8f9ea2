"""THE table of commands. Bindings, help, the palette and docs/keys.md are made from it; nothing else names a key.

A command's `word` is typed on the entry line (its forms in each language are in domain/entry/words.py); its `keys` are
Textual's key names. `label` and `help` are marked for translation here and translated where they are shown.
"""

from collections.abc import Callable
from typing import Literal

from msgspec import Struct


def N_(message: str) -> str:
    """Marks a message for the catalogues (this table imports nothing of ours)."""
    return message


Place = Literal["roster", "day", "absences", "messages", "portal", "overview"]
PLACES: tuple[Place, ...] = ("roster", "day", "absences", "messages", "portal", "overview")
LINE_PLACES: tuple[Place, ...] = ("roster", "day")  # where letters belong to the entry line


class State(Struct, frozen=True):
    """What decides whether a command can be done now."""

    place: Place
    row: bool = False  # the cursor is on something
    child: bool = False  # a child is under the cursor, or the one that is shown
    reported: bool = True  # ... and that was reported; not a child nobody told us about
    waits: bool = False  # what the cursor is on still waits for a decision
    request: bool = False  # ... and is a request, not a notice
    marked: bool = False
    to_export: int = 0
    apart: bool = False  # the cursor is on a line that came in and was kept apart
    draft: bool = False


Why = str  # the reason why not, a marked message; empty when it can be done


class Command(Struct, frozen=True):
    """One thing the program does. `empty` keys work on an empty entry line only; `places` empty means everywhere."""

    id: str
    keys: tuple[str, ...]
    group: str
    label: str
    help: str
    places: tuple[Place, ...] = ()
    empty: bool = False
    word: str = ""
    enabled: Callable[[State], Why] = lambda state: ""

    def at(self, place: Place) -> bool:
        """Is it there on this screen?"""
        return not self.places or place in self.places


def _row(state: State) -> Why:
    return "" if state.row else N_("There is nothing under the cursor.")


def _child(state: State) -> Why:
    return "" if state.child else N_("No child is chosen: 1 shows the roster, / finds one.")


def _reported(state: State) -> Why:
    why = N_("Nobody reported anything about this child: c shows whom to phone, : writes down what they say.")
    return _row(state) or ("" if state.reported else why)


def _waits(state: State) -> Why:
    why = N_("This one was decided already; ctrl+z takes a decision back.")
    return _reported(state) or ("" if state.waits else why)


def _answerable(state: State) -> Why:
    return _row(state) or ("" if state.waits else N_("Nothing in here waits for an answer."))


def _kept_apart(state: State) -> Why:
    return "" if state.apart else N_("This is for what came in and was kept apart: put the cursor on such a line.")


def _request(state: State) -> Why:
    return _waits(state) or ("" if state.request else N_("This is a notice: it is acknowledged, not approved."))


def _notice(state: State) -> Why:
    return _waits(state) or ("" if not state.request else N_("This is a request: approve or refuse it."))


MOVE, DO, FIND, CHANGE, SEE = N_("Moving"), N_("Entering"), N_("Finding"), N_("Changing"), N_("The program")

COMMANDS: tuple[Command, ...] = (
    *(
        Command(f"go_{place}", (str(number),), MOVE, label, text, empty=True)
        for number, (place, label, text) in enumerate(
            (
                ("roster", N_("roster"), N_("Shows the group: who is in, asleep, expected.")),
                ("day", N_("day"), N_("Shows one child's day, line by line.")),
                ("absences", N_("absences"), N_("Shows what was reported and asked, and decides on it.")),
                ("messages", N_("messages"), N_("Shows the threads with the guardians, and writes to them.")),
                ("portal", N_("portal"), N_("Shows what waits for the portal, what left, and what came back.")),
                ("overview", N_("overview"), N_("Shows all groups at once: in, expected, asleep, staff and need.")),
            ),
            1,
        )
    ),
    Command("move", ("up", "down", "home", "end", "pageup", "pagedown"), MOVE, N_("move"),
            N_("Moves the cursor from row to row; on a typed line up and down bring back earlier lines."), empty=True),
    Command("day_before", ("left_square_bracket",), MOVE, N_("day before"), N_("Shows the day before; @yesterday or @19-11 typed shows any day."),
            ("roster", "day"), empty=True),
    Command("day_after", ("right_square_bracket",), MOVE, N_("day after"), N_("Shows the day after."),
            ("roster", "day"), empty=True),
    Command("child_before", ("left_curly_bracket",), MOVE, N_("child before"), N_("Shows the child above on the roster."),
            ("day",), empty=True),
    Command("child_after", ("right_curly_bracket",), MOVE, N_("child after"), N_("Shows the child below on the roster."),
            ("day",), empty=True),
    Command("group", ("ctrl+g",), MOVE, N_("another group"), N_("Shows another group; typed with a name it goes there at once."),
            ("roster", "overview"), word="group"),
    Command("back", ("escape",), MOVE, N_("back"), N_("Clears the line, unmarks, or goes back, in this order.")),
    Command("enter", ("enter",), DO, N_("open, or do it"),
            N_("On an empty line opens what is under the cursor; on a typed line does it. A warning wants a second Enter.")),
    Command("mark", ("space",), DO, N_("mark"), N_("Marks the child under the cursor; the next line is for all who are marked."),
            ("roster",), empty=True, enabled=_row),
    Command("mark_all", ("ctrl+a",), DO, N_("mark all who are in"), N_("Marks everybody who is in; Esc unmarks."),
            ("roster",), word="mark"),
    Command("read_all", ("ctrl+r",), FIND, N_("what speaks against it"),
            N_("Shows everything that speaks against the typed line, what may hurt a child first; the line stays.")),
    Command("for_staff", ("ctrl+t",), DO, N_("for staff only"),
            N_("Puts a ! before the words of the typed line: it is kept for the staff, and no parent reads it.")),
    Command("about_named", ("ctrl+n",), DO, N_("for the child that is named"),
            N_("Makes a typed line that begins its words with a child's name a line about that child.")),
    Command("complete", ("tab",), DO, N_("complete"), N_("Completes the name or the word at the end of the line; again: the next one. On the empty line of the roster: types what is offered under it.")),
    Command("check_all", ("full_stop",), DO, N_("check all sleepers"),
            N_("Names every child of the group who sleeps now, and who is late; Enter writes down that you looked at them."), empty=True),
    Command("delete", ("delete",), CHANGE, N_("take away"), N_("Takes the entry under the cursor away; ctrl+z brings it back."),
            ("day",), empty=True, enabled=_row),
    Command("undo", ("ctrl+z",), CHANGE, N_("take back"), N_("Takes back your last change, whatever it was, on any screen."), word="undo"),
    Command("redo", ("ctrl+y",), CHANGE, N_("do again"), N_("Does again what you took back."), word="redo"),
    Command("unlock", (), CHANGE, N_("unlock the day"),
            N_("Another day than today is locked: your name behind this word lets you write on it."), word="unlock"),
    Command("history", (), CHANGE, N_("history"), N_("Shows every version of the row under the cursor: who, when, what it was."),
            ("roster", "day"), word="history", enabled=_child),
    Command("texts", (), CHANGE, N_("short words"), N_("Lists the short words that are written out as you type; texts bu = built a tower adds one."),
            ("roster", "day"), word="texts"),
    Command("find", ("slash",), FIND, N_("find a child"), N_("Finds a child by name, in any group."), empty=True),
    Command("call", (), FIND, N_("call"), N_("Shows whom to phone about the child under the cursor, and in which order."),
            ("roster", "day"), word="call", enabled=_child),
    Command("mind", (), CHANGE, N_("what to mind"),
            N_("Shows all that must be minded about the child under the cursor; adds to it, changes it, takes away."),
            ("roster", "day"), word="mind", enabled=_child),
    Command("memo", (), DO, N_("memo"),
            N_("Lists the memos of the group and its children; with words behind it keeps them in sight, until the day they name. For staff only."),
            ("roster", "day"), word="memo"),
    Command("incident", (), DO, N_("incident"),
            N_("Alone on the line opens the form of an incident: where, first aid, who else, who was told. With words behind it writes it at once."),
            ("roster", "day"), word="incident", enabled=_child),
    Command("report", (), FIND, N_("report"),
            N_("Shows the report of the day's incident: one for the file, a copy for the parents without any other child's name. p puts it on paper."),
            ("roster", "day"), word="report", enabled=_child),
    Command("hand_over", (), FIND, N_("hand-over"), N_("Shows what to tell when the child is fetched; with the word for all, of the whole group, with a group's name of that one. p puts it on paper."),
            ("roster", "day"), word="hand_over"),
    Command("week", (), FIND, N_("week"), N_("Shows five days of naps, food and nappies of the child under the cursor. p puts it on paper."),
            ("roster", "day"), word="week", enabled=_child),
    Command("evacuation", ("exclamation_mark",), FIND, N_("evacuation"), N_("Lists everybody who is in, in all groups, to call the roll by. p puts it on paper."),
            empty=True, word="evacuation"),
    Command("missing", ("comma",), FIND, N_("what is missing"),
            N_("Lists what is not written yet, most urgent first; Enter goes there with the line begun."),
            ("roster", "day", "overview"), empty=True, word="missing"),
    Command("count", (), DO, N_("head count"), N_("Counts those who are in, or the marked ones, twice, as for a trip; what is typed behind it is what for."),
            ("roster", "day"), word="count"),
    Command("counts", (), FIND, N_("head counts"), N_("Lists the head counts of the day: when, by whom, who was missing."),
            ("roster", "day"), word="counts"),
    Command("sort", ("ctrl+o",), FIND, N_("order"), N_("Orders the roster by name, or by what is still due first."),
            ("roster",), word="sort"),
    Command("acknowledge", ("k",), DO, N_("acknowledge"), N_("Says that a notice was read; shows what the parents will read, Enter does it."), ("absences",), enabled=_notice),
    Command("approve", ("a",), DO, N_("approve"), N_("Approves a request; shows what the parents will read, Enter does it."), ("absences",), enabled=_request),
    Command("refuse", ("r",), DO, N_("refuse"), N_("Refuses a request with a reason; shows what the parents will read, Enter does it."), ("absences",), enabled=_request),
    Command("withdraw", ("x",), DO, N_("withdraw"), N_("Takes a report back that does not hold any more; shows what the parents will read, Enter does it."),
            ("absences",), enabled=_reported),
    Command("call_list", ("c",), FIND, N_("call list"), N_("Shows whom to phone about this child."),
            ("absences", "messages"), enabled=_row),
    Command("read_on", ("space",), FIND, N_("read on"), N_("Shows all of it, however long; arrows and PgDn move in it."),
            ("absences", "messages"), enabled=_row),
    Command("show_all", ("v",), FIND, N_("all or waiting"), N_("Shows everything of the last weeks, or only what waits."), ("absences",)),
    Command("write", ("w",), DO, N_("write"), N_("Writes a message: to a child's guardians, a group or the location."), ("messages",)),
    Command("answer", ("a",), DO, N_("answer"), N_("Shows who would get an answer to the thread under the cursor; Enter begins it."), ("messages",), enabled=_row),
    Command("park", ("p",), DO, N_("park"), N_("Leaves a message for later, on Enter; it no longer counts as unread."),
            ("messages",), enabled=_answerable),
    Command("answered", ("d",), DO, N_("dealt with"), N_("Says, on Enter, that it was answered some other way: by phone, at the door."),
            ("messages",), enabled=_answerable),
    Command("export", ("e",), DO, N_("export"), N_("Shows what changed since the last bundle; Enter writes it into one."), ("portal",),
            enabled=lambda state: "" if state.to_export else N_("Nothing changed since the last bundle.")),
    Command("sort_out", ("d",), DO, N_("dealt with"),
            N_("Takes a line that was kept apart off the list on Enter, once somebody has seen to it."), ("portal",), enabled=_kept_apart),
    Command("take_in", ("i",), DO, N_("take in"), N_("Takes in what the portal sent back: receipts, absences, messages."), ("portal",)),
    Command("back_up", ("b",), DO, N_("back up"), N_("Makes a backup of everything in one file, and checks it; says where it is."), ("portal",)),
    Command("restore", ("r",), CHANGE, N_("restore"),
            N_("Shows a backup beside what is here; Enter puts it in its place, which is kept aside. For a manager."), ("portal",)),
    Command("line", ("colon",), DO, N_("entry line"), N_("Opens the entry line, for one line."),
            ("absences", "messages", "portal", "overview")),
    Command("unsaved", ("ctrl+s",), SEE, N_("what is not saved"),
            N_("Lists the lines that could not be saved: each is tried again, put back on the line, or dropped.")),
    Command("palette", ("ctrl+p",), SEE, N_("all commands"), N_("Lists every command, its key, and why one cannot be done now.")),
    Command("help", ("question_mark",), SEE, N_("help"), N_("Shows the keys of this screen and the words of the entry line."), empty=True, word="help"),
    Command("lock", ("ctrl+l",), SEE, N_("lock"), N_("Hides the screen at once and asks who is there; what was typed is kept."), word="lock"),
    Command("theme", (), SEE, N_("light or dark"), N_("Changes between the light and the dark look."), word="theme"),
    Command("language", (), SEE, N_("language"), N_("Changes the language of the screen: nl, nb or en."), word="language"),
    Command("quit", ("ctrl+q",), SEE, N_("leave the program"), N_("Leaves the program; says what still waits for the portal; loses nothing."), word="quit"),
)  # fmt: skip

BY_ID = {command.id: command for command in COMMANDS}
BY_WORD = {command.word: command for command in COMMANDS if command.word}


def of_key(key: str, place: Place) -> Command | None:
    """The command a key means on a screen; None when it means none."""
    return next((one for one in COMMANDS if key in one.keys and one.at(place)), None)


_KEY_NAMES = {
    "left_square_bracket": "[", "right_square_bracket": "]", "left_curly_bracket": "{", "right_curly_bracket": "}",
    "question_mark": "?", "exclamation_mark": "!", "slash": "/", "colon": ":", "space": "Space", "full_stop": ".", "comma": ",", "enter": "Enter", "escape": "Esc", "tab": "Tab",
    "delete": "Del", "up": "↑", "down": "↓", "home": "Home", "end": "End", "pageup": "PgUp", "pagedown": "PgDn",
}  # fmt: skip


def key_name(key: str) -> str:
    """How a key is written for people."""
    return _KEY_NAMES.get(key, key)


_KEYS = {name: key for key, name in _KEY_NAMES.items()} | {key: key for one in COMMANDS for key in one.keys}


def key_of(name: str) -> str:
    """The key that is written so; empty for a word that names none."""
    return _KEYS.get(name, "")
