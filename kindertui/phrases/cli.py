"""Sentences that only the command line says: what, where, and what to do now."""

from collections.abc import Sequence
from datetime import datetime

from kindertui.domain.faults import DatabaseFault
from kindertui.i18n import _, ngettext
from kindertui.phrases import fault as everywhere
from kindertui.phrases import listed, moment


def note(rule: str, **args: object) -> str:
    """The sentence for a rule, with its arguments."""
    return _notes()[rule].format(**args)


def fault(problem: DatabaseFault) -> str:
    """The sentence for a database that cannot be used; here no text waits on a screen for another Enter."""
    own = {
        "db_locked": _("Nothing was saved: another window is saving ({path}). Try again in a moment."),
        "db_full": _("Nothing was saved: the disk is full ({path}). Make room and try again."),
        "db_disk": _(
            "The disk does not answer ({path}): nothing was saved. Ask who looks after this machine, then try again."
        ),
        "db_memory": _("Nothing was saved: this computer has no memory left. Close other programs and try again."),
        "db_read_only": _("Nothing was saved: {path} can only be read. Ask who looks after this machine."),
    }
    return own[problem.rule].format(path=problem.path) if problem.rule in own else everywhere(problem)


def entries_missing(since: datetime) -> str:
    """For a database that lacks what was saved: `since` is its last entry's time."""
    return _(
        "Entries since {when} are missing: the database is older than what was saved here, or lost its end."
        " Look for the newer file; else a manager takes note of it on the screens."
    ).format(when=moment(since))


def recovery_sheet(location: str, key: str) -> list[str]:
    """What to write down: who has it can read everything, and opens the location where nothing else does."""
    return [
        _("RECOVERY KEY of {location}").format(location=location),
        key,
        _(
            "Write it on paper now and keep the paper locked away, not on this computer: it is shown only once. Who has"
            " it can read everything; when this computer breaks, nothing is read without it."
        ),
    ]


def way_in(way: str, path: str) -> str:
    """What opens the location on this machine from now on."""
    return {
        "keyring": _("On this computer the system's keyring opens the location."),
        "file": _(
            "On this computer the key file {path} opens the location: who can read the files of this account can read"
            " everything. Keep the disk encrypted."
        ),
    }[way].format(path=path)


def which(kind: str, typed: str, names: Sequence[str]) -> str:
    """For a name that means none of the groups, staff, children or audiences there are, or several: `names`."""
    none, several = {
        "group": (
            _("There is no group {name}, and no other either: kindertui import FILE brings groups in."),
            _("Which group is {name}? There are {groups}. Type more of the name."),
        ),
        "staff": (
            _("Nobody called {name} is on the staff list: it is still empty. Leave the name out."),
            _("Who is {name}? On the staff list are {names}. Type the name as it stands there."),
        ),
        "child": (
            _("There is no child and no record {name}. kindertui children lists the children."),
            _("Which {name}? {names} can be meant. Type more of the name, or the id."),
        ),
        "audience": (
            _("There is no child and no group {name}. kindertui children and kindertui groups list them."),
            _("Whom do you mean by {name}? {names} can be meant. Type more of the name."),
        ),
    }[kind]
    shown = listed(names, most=12)
    return (several if names else none).format(name=typed, names=shown, groups=shown)


def counted_note(rule: str, count: int, **args: object) -> str:
    """The sentence for a rule that counts something."""
    return {
        "bundle_right": ngettext(
            "{path} is whole and right: {n} record.", "{path} is whole and right: {n} records.", count
        ),
        "more_lines": ngettext("{n} more line is not listed.", "{n} more lines are not listed.", count),
        "more_problems": ngettext("{n} more problem is not listed.", "{n} more problems are not listed.", count),
        "not_saved_warnings": ngettext(
            "Nothing was saved: read the warning, and say --yes if it is right all the same.",
            "Nothing was saved: read the {n} warnings, and say --yes if it is right all the same.",
            count,
        ),
        "of_file": ngettext(
            "Nothing was changed: {n} line of {path} was refused. Correct it and import the file again.",
            "Nothing was changed: {n} lines of {path} were refused. Correct them and import the file again.",
            count,
        ),
        "set_aside": ngettext(
            "{n} line was kept apart: it waits on the portal screen to be sorted out.",
            "{n} lines were kept apart: they wait on the portal screen to be sorted out.",
            count,
        ),
    }[rule].format(n=count, **args)


def _notes() -> dict[str, str]:
    return {
        "acted_as": _("In the name of {name}. Another name goes with --by NAME."),
        "answer_unwritable": _("The answer could not be written out ({reason}). What the verb saved is saved."),
        "answered": _("{path} is answered: the receipts are in {receipts}."),
        "checking": _("Checking"),
        "child_for_sheet": _("Whose {sheet}? Write the child's name behind it: kindertui sheet {sheet} NAME."),
        "decided": _("{child}, {kind}: {state}. kindertui undo takes it back."),
        "demo_clock": _("The sample is closed at this hour, so its own clock says {time}."),
        "demo_making": _("Making the sample location"),
        "demo_screens": _(
            "This is the sample location. In a terminal, make demo (or kindertui demo) opens its screens."
        ),
        "exporting": _("Exporting"),
        "file_not_text": _("{path} is not text in UTF-8. Save it as UTF-8 and try again; nothing was changed."),
        "clock_question": _("Is that right? Type y and Enter; anything else saves nothing."),
        "clock_wrong": _("Nothing was saved: set the computer's clock, or say on the screens that it is right."),
        "file_not_regular": _("{path} is not a file: name a file, or - for what comes on stdin. Nothing was changed."),
        "file_unreadable": _("{path} cannot be read ({reason}). Nothing was changed."),
        "folder_unwritable": _("Nothing can be kept in {path} ({reason}). Choose another folder with KINDERTUI_HOME."),
        "in_line": _("Line {number}: {sentence}"),
        "key_again": _("That is a right key, but another one: type the key that stands above."),
        "key_ask": _("The recovery key, from its paper: "),
        "key_back": _("Type it once from your paper: "),
        "key_not_typed": _("The recovery key was not typed, so nothing was changed."),
        "key_not_typed_back": _(
            "The recovery key was not typed back, so nothing was made or changed: its paper is worth nothing."
        ),
        "key_renewed": _("This is the recovery key from now on. The one before opens only backups of before."),
        "made": _("{location} is made in {path}. Next: kindertui import FILE brings the children in."),
        "misuse": _("Wrong use of {program}: {message}. Type {program} --help to see how it goes."),
        "name_missing": _("The location needs a name: give it with --location."),
        "name_too_long": _("The name of the location is too long. Give a shorter one; nothing was made."),
        "needs_terminal": _(
            "The screens need a terminal. Without one, kindertui today --plain shows the day; see kindertui --help."
        ),
        "no_absences": _("Nothing was reported or asked in this period."),
        "no_child_for_sheet": _("The sheet {sheet} is about everybody who is in: leave the child's name out."),
        "no_children": _("There are no children yet: kindertui import FILE brings them in."),
        "no_incident": _("There is no incident of {name} on that day."),
        "no_groups": _("There are no groups yet: kindertui import FILE brings them in."),
        "no_history": _("Nothing has happened to it yet."),
        "lines_too_many": _("These are more than {lines} lines or {size} kB: log them in parts. Nothing was saved."),
        "no_lines": _("There is nothing to log: stdin was empty."),
        "no_staff": _("There is no staff yet: kindertui import FILE brings it in."),
        "no_such_absence": _("There is no report or request {id}: take the id that kindertui absences shows."),
        "no_text_to_check": _("There is no text yet: only who would get it was looked at."),
        "no_texts": _("There are no short words yet: kindertui texts set WORD TEXT adds one."),
        "not_saved": _("Nothing was saved."),
        "period_reversed": _("The period ends before it begins: put the earlier day after --from."),
        "profile_unknown": _("There is no profile {profile}. Choose one of {known}."),
        "profile_problem": _(
            "The profile of this location does not fit: {problem} Correct it in {path}; nothing was changed."
        ),
        "queued": _("Queued for the portal: it leaves with the next export. kindertui undo takes it back."),
        "reading_files": _("Reading"),
        "saved": _("Saved. kindertui undo takes it back."),
        "stdin_not_text": _("What came on stdin is not text in UTF-8. Nothing was changed."),
        "taken_in": _(
            "Taken in: absences {absences}, messages {messages}, receipts {receipts}; known before: {unchanged}."
        ),
        "text_from_stdin": _("Type the text; Ctrl-D on an empty line ends it."),
        "taking_in": _("Taking in"),
        "timezone_missing": _("This machine does not know the location's time zone {name}: install tzdata."),
        "timezone_unknown": _("There is no time zone {name}. Write it as Europe/Amsterdam or Europe/Oslo."),
        "undone": _("Taken back: {what}."),
        "unforeseen": _(
            "Something went wrong ({kind}). What was saved before is kept; where it happened stands in {log}."
        ),
        "unforeseen_unlogged": _(
            "Something went wrong ({kind}), and the log could not be written. What was saved before is kept."
        ),
        "would_change": _("This is what an import would do; nothing was changed."),
        "would_save": _("This would be saved; nothing was."),
    }
