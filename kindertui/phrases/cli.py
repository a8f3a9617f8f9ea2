"""Sentences that only the command line says: what, where, and what to do now."""

from collections.abc import Sequence

from kindertui.domain.faults import DatabaseFault
from kindertui.i18n import _, ngettext
from kindertui.phrases import fault as everywhere
from kindertui.phrases import listed


def misuse(message: str, program: str) -> str:
    return _("Wrong use of {program}: {message}. Type {program} --help to see how it goes.").format(
        program=program, message=message.rstrip(".")
    )


def unforeseen(kind: str, log: str) -> str:
    if not log:
        return _(
            "Something went wrong ({kind}), and the log could not be written. What was saved before is kept."
        ).format(kind=kind)
    return _("Something went wrong ({kind}). What was saved before is kept; where it happened stands in {log}.").format(
        kind=kind, log=log
    )


def answer_unwritable(reason: str) -> str:
    return _("The answer could not be written out ({reason}). What the verb saved is saved.").format(reason=reason)


def profile_problem(problem: str, path: str) -> str:
    return _("The profile of this location does not fit: {problem} Correct it in {path}; nothing was changed.").format(
        problem=problem, path=path
    )


def profile_unknown(profile: str, known: Sequence[str]) -> str:
    return _("There is no profile {profile}. Choose one of {known}.").format(
        profile=profile or "''", known=", ".join(known)
    )


def timezone_unknown(name: str) -> str:
    return _("There is no time zone {name}. Write it as Europe/Amsterdam or Europe/Oslo.").format(name=name or "''")


def timezone_missing(name: str) -> str:
    return _("This machine does not know the location's time zone {name}: install tzdata.").format(name=name)


def fault(problem: DatabaseFault) -> str:
    """The sentence for a database that cannot be used; here no text waits on a screen for another Enter."""
    own = {
        "db_locked": _("Nothing was saved: another window is saving ({path}). Try again in a moment."),
        "db_full": _("Nothing was saved: the disk is full ({path}). Make room and try again."),
        "db_read_only": _("Nothing was saved: {path} can only be read. Ask who looks after this machine."),
    }
    return own[problem.rule].format(path=problem.path) if problem.rule in own else everywhere(problem)


def name_missing() -> str:
    return _("The location needs a name: give it with --location.")


def name_too_long() -> str:
    return _("The name of the location is too long. Give a shorter one; nothing was made.")


def folder_unwritable(path: str, reason: str) -> str:
    return _("Nothing can be kept in {path} ({reason}). Choose another folder with KINDERTUI_HOME.").format(
        path=path, reason=reason
    )


def recovery_sheet(location: str, key: str, path: str) -> list[str]:
    """The sheet to print: who has it can read the database, who has lost the key file needs it."""
    blocks = " ".join(key[start : start + 8] for start in range(0, len(key), 8))
    return [
        _("RECOVERY KEY of {location}").format(location=location),
        blocks,
        _("Write this down or print it now, and keep it locked away: it is shown only once."),
        _("If {path} is ever lost, write the 64 characters into that file, without the spaces.").format(path=path),
    ]


def made(location: str, path: str) -> str:
    return _("{location} is made in {path}. Next: kindertui import FILE brings the children in.").format(
        location=location, path=path
    )


def needs_terminal() -> str:
    return _("The screens need a terminal. Without one, kindertui today --plain shows the day; see kindertui --help.")


def no_such_group(name: str, groups: Sequence[str]) -> str:
    if not groups:
        return _("There is no group {name}, and no other either: kindertui import FILE brings groups in.").format(
            name=name
        )
    return _("Which group is {name}? There are {groups}. Type more of the name.").format(
        name=name, groups=listed(groups, most=12)
    )


def no_such_staff(name: str, names: Sequence[str]) -> str:
    if not names:
        return _("Nobody called {name} is on the staff list: it is still empty. Leave the name out.").format(name=name)
    return _("Who is {name}? On the staff list are {names}. Type the name as it stands there.").format(
        name=name, names=listed(names, most=12)
    )


def no_such_child(name: str, names: Sequence[str]) -> str:
    if not names:
        return _("There is no child and no record {name}. kindertui children lists the children.").format(name=name)
    return _("Which {name}? {names} can be meant. Type more of the name, or the id.").format(
        name=name, names=listed(names, most=12)
    )


def child_for_sheet(sheet: str) -> str:
    return _("Whose {sheet}? Write the child's name behind it: kindertui sheet {sheet} NAME.").format(sheet=sheet)


def no_child_for_sheet(sheet: str) -> str:
    return _("The sheet {sheet} is about everybody who is in: leave the child's name out.").format(sheet=sheet)


def acted_as(name: str) -> str:
    return _("In the name of {name}. Another name goes with --by NAME.").format(name=name)


def period_reversed() -> str:
    return _("The period ends before it begins: put the earlier day after --from.")


def nothing_here(what: str) -> str:
    return {
        "groups": _("There are no groups yet: kindertui import FILE brings them in."),
        "children": _("There are no children yet: kindertui import FILE brings them in."),
        "staff": _("There is no staff yet: kindertui import FILE brings it in."),
        "absences": _("Nothing was reported or asked in this period."),
        "history": _("Nothing has happened to it yet."),
        "texts": _("There are no short words yet: kindertui texts set WORD TEXT adds one."),
    }[what]


def demo_screens() -> str:
    return _("This is the sample location. In a terminal, make demo (or kindertui demo) opens its screens.")


def demo_making() -> str:
    return _("Making the sample location")


def in_line(number: int, sentence: str) -> str:
    return _("Line {number}: {sentence}").format(number=number, sentence=sentence)


def not_saved() -> str:
    return _("Nothing was saved.")


def not_saved_warnings(count: int) -> str:
    return ngettext(
        "Nothing was saved: read the warning, and say --yes if it is right all the same.",
        "Nothing was saved: read the {n} warnings, and say --yes if it is right all the same.",
        count,
    ).format(n=count)


def would_save() -> str:
    return _("This would be saved; nothing was.")


def saved() -> str:
    return _("Saved. kindertui undo takes it back.")


def no_lines() -> str:
    return _("There is nothing to log: stdin was empty.")


def stdin_not_text() -> str:
    return _("What came on stdin is not text in UTF-8. Nothing was changed.")


def file_unreadable(path: str, reason: str) -> str:
    return _("{path} cannot be read ({reason}). Nothing was changed.").format(path=path, reason=reason)


def file_not_text(path: str) -> str:
    return _("{path} is not text in UTF-8. Save it as UTF-8 and try again; nothing was changed.").format(path=path)


def no_text_to_check() -> str:
    return _("There is no text yet: only who would get it was looked at.")


def text_from_stdin() -> str:
    return _("Type the text; Ctrl-D on an empty line ends it.")


def undone(what: str) -> str:
    return _("Taken back: {what}.").format(what=what)


def decided(child: str, kind: str, state: str) -> str:
    return _("{child}, {kind}: {state}. kindertui undo takes it back.").format(child=child, kind=kind, state=state)


def no_such_absence(typed: str) -> str:
    return _("There is no report or request {id}: take the id that kindertui absences shows.").format(id=typed)


def no_such_audience(typed: str, names: Sequence[str]) -> str:
    if not names:
        return _("There is no child and no group {name}. kindertui children and kindertui groups list them.").format(
            name=typed
        )
    return _("Whom do you mean by {name}? {names} can be meant. Type more of the name.").format(
        name=typed, names=listed(names, most=12)
    )


def queued() -> str:
    return _("Queued for the portal: it leaves with the next export. kindertui undo takes it back.")


def reading_files() -> str:
    return _("Reading")


def of_file(path: str, count: int) -> str:
    return ngettext(
        "Nothing was changed: {n} line of {path} was refused. Correct it and import the file again.",
        "Nothing was changed: {n} lines of {path} were refused. Correct them and import the file again.",
        count,
    ).format(n=count, path=path)


def would_change() -> str:
    return _("This is what an import would do; nothing was changed.")


def exporting() -> str:
    return _("Exporting")


def checking() -> str:
    return _("Checking")


def more_problems(count: int) -> str:
    return ngettext("{n} more problem is not listed.", "{n} more problems are not listed.", count).format(n=count)


def bundle_right(path: str, records: int) -> str:
    return ngettext(
        "{path} is whole and right: {n} record.", "{path} is whole and right: {n} records.", records
    ).format(path=path, n=records)


def answered(path: str, receipts: str) -> str:
    return _("{path} is answered: the receipts are in {receipts}.").format(path=path, receipts=receipts)


def taken_in(absences: int, messages: int, receipts: int, unchanged: int) -> str:
    return _(
        "Taken in: absences {absences}, messages {messages}, receipts {receipts}; known before: {unchanged}."
    ).format(absences=absences, messages=messages, receipts=receipts, unchanged=unchanged)


def set_aside(count: int) -> str:
    return ngettext(
        "{n} line was kept apart: it waits on the portal screen to be sorted out.",
        "{n} lines were kept apart: they wait on the portal screen to be sorted out.",
        count,
    ).format(n=count)
