"""What an examination of the installation found: a line for each finding, what it means and what to do."""

from collections.abc import Callable

from kindertui.domain.doctor import Finding
from kindertui.i18n import _, ngettext


def words(finding: Finding) -> str:
    """The sentence of a finding; those of the database are given with it."""
    sentence = SENTENCES[finding.rule]()
    more = int(finding.args.get("count", "0"))
    if more:
        sentence += " " + ngettext("{count} more beside it.", "{count} more beside it.", more)
    return sentence.format_map(finding.args)


def line(finding: Finding) -> str:
    """The finding behind a word that says whether it is in order."""
    head = {"ok": _("In order"), "note": _("To know"), "wrong": _("Wrong")}[finding.state]
    return f"{head}: {words(finding)}"


SENTENCES: dict[str, Callable[[], str]] = {
    "folder_private": lambda: _("The folder {path} and the files in it are yours alone."),
    "folder_owner": lambda: _("{path} belongs to somebody else: have its owner set right by who looks after this machine."),
    "folder_open": lambda: _("Others can get at {path}: take their rights away (chmod go= {path})."),
    "folder_link": lambda: _("{path} is a link that leads somewhere else: look where to, and put the real file there."),
    "disk_encrypted": lambda: _("The disk is encrypted."),
    "disk_plain": lambda: _("The disk is not encrypted, as far as this system sees: who steals the computer can read its files. Have the disk encrypted."),
    "disk_unknown": lambda: _("Whether the disk is encrypted cannot be told from here: ask who looks after this machine."),
    "network": lambda: _("The folder is on a network drive, where the database may break: move it to a disk of this computer (KINDERTUI_HOME)."),
    "way_keyring": lambda: _("The system's keyring opens the location."),
    "way_file": lambda: _("The key file opens the location: who can read the files of this account can read everything. With a keyring, kindertui key move keyring is safer."),
    "way_none": lambda: _("Nothing opens the location on this computer: take the recovery key and type kindertui key recover."),
    "recovery_own": lambda: _("A recovery key opens the location too: it is on its paper."),
    "recovery_sheet": lambda: _("The recovery key is the sheet of 64 characters that was printed: kindertui key renew makes one that is easier to type."),
    "recovery_damaged": lambda: _("The file that opens with the recovery key is cut short or altered: type kindertui key renew for a new recovery key."),
    "backup": lambda: _("The newest backup, of {when}, was opened and is what its journal says."),
    "backup_none": lambda: _("There is no backup: choose a folder on another disk and type kindertui backup --keep-in DIR."),
    "backup_old": lambda: _("The newest backup is of {when}: have kindertui backup run every day."),
    **dict.fromkeys(("backup_broken", "fault", "pages", "chains", "state", "head"), lambda: "{sentence}"),
    "clock": lambda: _("The clock is right, as far as can be told: it says {now}."),
    "clock_year": lambda: _("The clock says {now}: set it before anything is written."),
    "clock_ahead": lambda: _("The clock says {now}, and the last entry was written at {last}: look whether that is right."),
    "clock_behind": lambda: _("The clock says {now}, but the last entry was written at {last}: set the clock before anything is written."),
    "engine": lambda: _("The database is kept by SQLite {version}, encrypted by SQLCipher {cipher}."),
    "no_pins": lambda: _("There are no PINs: whoever is at the keyboard picks a name."),
}  # fmt: skip
