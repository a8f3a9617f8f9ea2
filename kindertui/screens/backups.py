"""Backup and restore from the portal screen. Both take seconds: they are worked at beside the keys."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from rich.cells import cell_len

from kindertui.data import backup
from kindertui.data.restore import Restore
from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.i18n import _
from kindertui.phrases import backup as words
from kindertui.phrases.refused import sentence
from kindertui.screens.app_state import AppState
from kindertui.screens.place import PlaceScreen
from kindertui.screens.sheets.ask import AskSheet
from kindertui.screens.sheets.confirm import ConfirmSheet
from kindertui.screens.sheets.read import ReadSheet
from kindertui.screens.support.file_names import completed
from kindertui.screens.support.key_queue import BACKGROUND
from kindertui.text import Line

_WORKER = "backup"  # one at a time


def back_up(screen: PlaceScreen) -> None:
    """Makes a backup in the folder of backups, and says where it is once it was checked."""
    if not _busy(screen):
        screen.run_worker(_back_up(screen), name=_WORKER, group=BACKGROUND, exit_on_error=False)


async def ask_restore(screen: PlaceScreen) -> None:
    """Asks a manager for the file, then shows both sides."""
    state = screen.state
    if not state.by_manager:
        screen.status.explain(_("Only a location manager restores a backup."))
        return
    if state.not_saved:
        screen.status.explain(_("Lines are not saved yet: ctrl+s shows them. Save or drop them, then restore."))
        return
    if _busy(screen):
        return

    def asked(name: str | None) -> None:
        if name:
            _prepare(screen, Path(name).expanduser())

    sheet = AskSheet(
        _("Restore what backup?"),
        footer=_("A file of a backup · Tab completes · Enter shows what is in it · Esc leaves it"),
        value=await asyncio.to_thread(_newest, state),
        check=_no_file,
        complete=lambda typed: completed(typed, (".backup",)),
    )
    screen.app.push_screen(sheet, asked)


def put_in_place(state: AppState) -> tuple[str, list[Line]]:
    """Does the restore that was decided on; the screens and their store are closed. Gives what is told of it next."""
    assert state.restoring is not None
    with state.restoring as found:
        try:
            aside = found.apply()
        except (DatabaseFault, Refused) as error:
            return _("Not restored"), [(_why_not(error), "danger")]
        made_at = found.made_at.astimezone(found.zone)
        return _("Restored"), [(words.restored(made_at, str(aside) if aside else None), "plain")]


def tell(screen: PlaceScreen) -> None:
    """Says what became of the restore for which the screens were closed."""
    news, screen.state.news = screen.state.news, None
    if news is not None:
        screen.app.push_screen(ReadSheet(*news))


async def _back_up(screen: PlaceScreen) -> None:
    screen.status.say(_("The backup is being made …"))
    try:
        made = await asyncio.to_thread(backup.back_up, screen.state.store.locations)
    except (DatabaseFault, Refused) as error:
        screen.status.say(_why_not(error), "danger")
        return
    screen.refresh_all()
    screen.status.say(words.written(str(made.path), made.held), "good")


def _prepare(screen: PlaceScreen, path: Path, recovery_key: str | None = None) -> None:
    """Opens and checks the backup behind a sheet that can be left; then shows both sides."""
    waiting = ReadSheet(_("Restore"), [(_("The backup is being read and checked …"), "plain")])
    screen.app.push_screen(waiting)
    work = _show_sides(screen, waiting, path, recovery_key)
    screen.run_worker(work, name=_WORKER, group=BACKGROUND, exit_on_error=False)


async def _show_sides(screen: PlaceScreen, waiting: ReadSheet, path: Path, recovery_key: str | None) -> None:
    """Shows both sides, or asks for the recovery key where this home's keys do not open it."""
    problem: Refused | DatabaseFault | None = None
    found: Restore | None = None
    try:
        found = await asyncio.to_thread(Restore, screen.state.store.locations, path, recovery_key)
    except (Refused, DatabaseFault) as error:
        problem = error
    if screen.app.screen is not waiting:  # it was left, or the lock is in front
        if found is not None:
            await asyncio.to_thread(found.close)
        return
    waiting.dismiss(None)
    if found is not None:
        _show_both(screen, found)
    elif isinstance(problem, Refused) and (problem.rule == "backup_key" or problem.rule.startswith("recovery_")):
        _ask_key(screen, path, "" if problem.rule == "backup_key" else sentence(problem))
    elif problem is not None:
        screen.status.say(_why_not(problem), "danger")


def _why_not(error: DatabaseFault | Refused) -> str:
    return words.fault(error) if isinstance(error, DatabaseFault) else sentence(error)


def _show_both(screen: PlaceScreen, found: Restore) -> None:
    def answered(yes: str | None) -> None:
        if yes is None:
            found.close()
            return
        screen.keep_draft()
        screen.state.restoring = found
        screen.app.exit(return_code=0)  # nobody may have the database open: the screens come back by themselves

    made_at = found.made_at.astimezone(found.zone)
    lines = _table(*words.sides(found.here, found.copy, made_at))
    lines.append(("", "plain"))
    if lost := words.lost(found.here, found.copy):
        lines.append((lost, "due"))
    lines += [(said, "due") for said in words.restrictions(len(found.carried), found.left)]
    lines += [
        (_("What is here now is kept aside as a file. The screens close for a moment and come back."), "dim"),
    ]
    does = _("puts it in the place of what is here")
    screen.app.push_screen(ConfirmSheet(_("Restore the backup?"), lines, does=does), answered)


def _ask_key(screen: PlaceScreen, path: Path, wrong: str) -> None:
    def asked(typed: str | None) -> None:
        if typed:
            _prepare(screen, path, typed)

    foot = _("The keys on this computer do not open it · Enter opens it by this one · Esc leaves it")
    screen.app.push_screen(AskSheet(_("The recovery key of this backup"), footer=wrong or foot), asked)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Line]:
    widths = [max(map(cell_len, column)) for column in zip(head, *rows, strict=True)]

    def aligned(row: Sequence[str]) -> str:
        return "  ".join(text + " " * (width - cell_len(text)) for text, width in zip(row, widths, strict=True))

    return [(aligned(head), "dim"), *((aligned(row), "plain") for row in rows)]


def _newest(state: AppState) -> str:
    """The newest backup in the folder of backups, if need be one that this home's keys do not open; empty for none."""
    locations = state.store.locations
    try:
        found = backup.in_folder(backup.folder(locations))
        own = backup.newest(locations)
    except (DatabaseFault, Refused):
        return ""
    return str(own or max(found, key=lambda one: found[one], default=""))


def _busy(screen: PlaceScreen) -> bool:
    """Says so where one is being made or read already."""
    if any(one.name == _WORKER and not one.is_finished for one in screen.app.workers):
        screen.status.explain(_("A backup is being made or read: wait a moment."))
        return True
    return False


def _no_file(name: str) -> str:
    found = bool(name) and Path(name).expanduser().is_file()
    return "" if found else _("There is no such file. Look at the name.")
