"""Backups and restores: what was written, what stands against what, and why a file was refused."""

from collections.abc import Callable
from datetime import datetime

from kindertui.domain.faults import DatabaseFault
from kindertui.domain.keeping import Holdings
from kindertui.i18n import _, ngettext
from kindertui.phrases import clock, dated
from kindertui.phrases import fault as everywhere


def refusals() -> dict[str, str]:
    """The sentences for what was refused, by rule."""
    return {
        "backup_exists": _("{path} is there already and was left as it is: choose another name."),
        "backup_no_folder": _("There is no folder {path}: make it, or choose another one. Nothing was written."),
        "backup_folder_gone": _("The folder of backups {path} is not there: put its disk in, or choose another folder (kindertui backup --keep-in DIR)."),
        "backup_missing": _("There is no file {path}: look at the name. Nothing was changed."),
        "backup_foreign": _("{path} is no backup of kindertui: choose a file that kindertui backup wrote. Nothing was changed."),
        "backup_newer": _("The backup {path} was made by a newer kindertui: update this workstation, then restore it. Nothing was changed."),
        "backup_cut": _("The backup {path} is cut short: take another copy of it, or an older backup. Nothing was changed."),
        "backup_altered": _("The backup {path} is damaged or was altered: take another copy of it, or an older backup. Nothing was changed."),
        "backup_other": _("The backup {path} is of another location: restore it into an empty folder with KINDERTUI_HOME. Nothing was changed."),
        "backup_key": _("The keys on this computer do not open the backup {path}: restore it with its recovery key. Nothing was changed."),
        "backup_running": _("kindertui is open on this location: close it in every window, then restore once more. Nothing was changed."),
        "settings_unreadable": _("{path} cannot be read: correct the line that says where backups are kept."),
        "backup_not_whole": _("No backup was written: the database is not what its journal says. Type kindertui verify, and keep the older backups."),
    }  # fmt: skip


def fault(problem: DatabaseFault) -> str:
    """For a database or a disk that stopped one of both; on these screens no text waits for another Enter."""
    own = {
        "db_full": _("The disk is full ({path}): make room and try again. Nothing was changed."),
        "db_disk": _("The disk does not answer ({path}): ask who looks after this machine. Nothing was changed."),
        "db_read_only": _("{path} can only be read: ask who looks after this machine. Nothing was changed."),
    }
    return own[problem.rule].format(path=problem.path) if problem.rule in own else everywhere(problem)


def written(path: str, held: Holdings) -> str:
    """For a backup that was checked."""
    return _("Backup written and checked: {path} ({what}).").format(path=path, what=_what(held))


def _what(held: Holdings) -> str:
    children = ngettext("{n} child", "{n} children", held.children).format(n=held.children)
    entries = ngettext("{n} entry", "{n} entries", held.entries).format(n=held.entries)
    return f"{children}, {entries}"


def last_backup(made_at: datetime | None) -> str:
    """When the last backup was made."""
    if made_at is None:
        return _("No backup was made yet.")
    return _("Last backup: {when}").format(when=_when(made_at))


def sides(here: Holdings | None, copy: Holdings, made_at: datetime) -> tuple[list[str], list[list[str]]]:
    """The head and the rows of a table: what is here, and what is in the backup."""
    both = (here, copy)

    def row(name: str, say: Callable[[Holdings], str]) -> list[str]:
        return [name, *("–" if one is None else say(one) for one in both)]

    rows = [
        [_("made"), "–", _when(made_at)],
        row(_("last entry"), lambda one: "–" if one.last is None else _when(one.last)),
        row(_("children"), lambda one: str(one.children)),
        row(_("entries"), lambda one: str(one.entries)),
        row(_("restrictions in force"), lambda one: str(one.restrictions)),
        row(_("journal rows"), lambda one: str(one.rows)),
        row(_("schema"), lambda one: str(one.schema)),
    ]
    return ["", _("here now"), _("in the backup")], rows


def lost(here: Holdings | None, copy: Holdings) -> str:
    """What a restore takes out of sight; empty where that is nothing."""
    if here is None or here.last is None or copy.last is None:
        return ""
    if here.last < copy.last or (here.last == copy.last and here.rows <= copy.rows):  # instants are whole seconds
        return ""
    return _("What was written here since {when} is not in the backup.").format(when=_when(copy.last))


def restrictions(carried: int, left: int) -> list[str]:
    """What becomes of restrictions that are in force here and not in the backup: no restore lifts one."""
    said = []
    if carried:
        said.append(
            ngettext(
                "{n} restriction that is in force here is not in the backup: it stays in force.",
                "{n} restrictions that are in force here are not in the backup: they stay in force.",
                carried,
            ).format(n=carried)
        )
    if left:
        said.append(
            ngettext(
                "{n} restriction cannot be taken along, as the backup lacks its child or guardian: write it again.",
                "{n} restrictions cannot be taken along, as the backup lacks their child or guardian: write them again.",
                left,
            ).format(n=left)
        )
    return said


def kept_in(path: str) -> str:
    return _("From now on backups are kept in {path}.").format(path=path)


def question() -> str:
    return _("Put the backup in the place of what is here? Type yes or no: ")


def is_yes(typed: str) -> bool:
    """Whether an answer means yes, in the language of the screen or in English."""
    return typed.strip().casefold() in {"yes", "y", *_("yes y").split()}


def not_restored() -> str:
    return _("Not restored: nothing was changed.")


def must_say_yes() -> str:
    return _("Restoring replaces what is here: look at both sides, then say --yes. Nothing was changed.")


def restored(made_at: datetime, aside: str | None) -> str:
    """For a backup that is in place; `aside` is where the file that was there is kept."""
    said = _("Restored: the backup of {when} is in place.").format(when=_when(made_at))
    return said if aside is None else said + " " + _("What was here is kept in {path}.").format(path=aside)


def _when(moment: datetime) -> str:
    return f"{dated(moment.date())} {clock(moment)}"
