"""What is said of lines that are not saved."""

from datetime import datetime

from kindertui.domain.unsaved import UnsavedLine
from kindertui.i18n import _, ngettext
from kindertui.phrases import clock


def count_words(count: int) -> str:
    """At the top of every place."""
    return ngettext("{n} NOT SAVED", "{n} NOT SAVED", count).format(n=count)


def heading() -> str:
    """Before the lines themselves."""
    return _("NOT SAVED")


def why_words(line: UnsavedLine) -> str:
    """Why it is not saved, in a few words; of a line that was refused the whole sentence."""
    if line.standing == "tried":
        return _("on its way to the disk")
    if line.standing == "refused":
        return line.why or _("another version of the program kept it")
    faults = {
        "db_locked": _("another window is saving"),
        "db_full": _("the disk is full"),
        "db_memory": _("this computer is out of memory"),
        "db_read_only": _("the disk can only be read"),
        "db_damaged": _("the database cannot be read"),
        "db_truncated": _("the database cannot be read"),
    }
    return faults.get(line.why, _("the disk does not answer"))


def next_words(line: UnsavedLine) -> str:
    """What becomes of it."""
    return {"tried": "", "waits": _("tried again by itself"), "refused": _("waits for you")}[line.standing]


def since_words(line: UnsavedLine, now: datetime) -> str:
    """When it was typed: `10:31`, of another day `19-11 10:31`."""
    same = line.since.date() == now.date()
    return clock(line.since) if same else f"{line.since:%d-%m} {clock(line.since)}"


def not_saved_words(line: UnsavedLine) -> str:
    """The status line of a line that the disk did not take; it says of which it speaks."""
    text = _("NOT SAVED: {line}: {why}. It is kept and tried again by itself; ctrl+s shows it.")
    return text.format(line=line.label, why=why_words(line))


def put_aside_words(line: UnsavedLine) -> str:
    """The status line of one that was refused while the next was typed."""
    return _("NOT SAVED: {line}. ctrl+s shows why, and puts it back on the line.").format(line=line.label)


def others_words(names: dict[str, int]) -> str:
    """Of lines whose text is not for whoever is at the keyboard."""
    told = ", ".join(f"{name} ({count})" for name, count in names.items())
    return _("Also not saved: lines of {names}. They see them once they are at the keyboard.").format(names=told)


def leaving_words(*, kept: bool) -> str:
    """What becomes of the lines when the program is left."""
    if kept:
        return _("What is not saved is kept, and tried again when its writer is at this keyboard next.")
    return _("The disk does not keep it either: what is not saved is LOST if you leave now.")


def left_words(count: int, lost: int) -> str:
    """In the terminal, once the program has ended; it names nobody."""
    if lost:
        return ngettext(
            "{n} line was NOT SAVED and could not be kept: the disk took nothing.",
            "{n} lines were NOT SAVED and could not be kept: the disk took nothing.",
            lost,
        ).format(n=lost)
    return ngettext(
        "{n} line is NOT SAVED: it is kept, and tried again when its writer is back at the keyboard.",
        "{n} lines are NOT SAVED: they are kept, and tried again when their writers are back at the keyboard.",
        count,
    ).format(n=count)
