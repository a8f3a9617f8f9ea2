"""The base of the sheets: a title, a body and a footer over a place, and one way to write and to say a refusal."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.phrases.refused import sentence
from kindertui.screens.app_state import AppState
from kindertui.text import content
from kindertui.widgets.sheet_footer import Keys, SheetFooter
from kindertui.widgets.table import Column, Row, RowTable

T = TypeVar("T")
R = TypeVar("R")
_AROUND = 5  # lines of a sheet that are neither its body nor its footer: the edges, the title, what parts them
_FOOTER = 3  # lines left to the footer at least: the keys, and two to say something in


class Sheet(ModalScreen[T]):
    """A title, a body and a footer. A subclass gives the widgets of its `body`; Esc calls its `action_back`."""

    BOX: ClassVar[str] = "sheet"  # the classes of the sheet's box in app.tcss
    WIDTH: ClassVar[int] = 72  # terminal cells of that box, where the screen has them
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "back", "")]

    def __init__(self, title: str = "", *, footer: str = "", keys: Keys = ()) -> None:
        """`footer` and `keys` as SheetFooter has them."""
        super().__init__()
        self.footer = SheetFooter(footer, keys)
        self._title = title

    def compose(self) -> ComposeResult:
        with Vertical(classes=self.BOX):
            yield Static(content(self._title), classes="sheet-title", markup=False)
            yield from self.body()
            yield self.footer

    def body(self) -> Iterable[Widget]:
        """The widgets between the title and the footer."""
        raise NotImplementedError

    @property
    def table(self) -> RowTable:
        """The list of a sheet that has one."""
        return self.query_one(RowTable)

    def show_rows(self, columns: Sequence[Column], rows: Sequence[Row], *, around: int = 10) -> None:
        """Shows these rows in the list; `around` counts the screen's lines that the list leaves free."""
        self.table.show(columns, rows)
        self.table.styles.height = min(len(rows), max(3, self.app.size.height - around))

    def say(self, text: str, tone: str = "dim") -> None:
        """Says something in the footer."""
        self.footer.show(text, tone)
        self.fit()

    def fit(self) -> None:
        """Called when the footer may have grown: a sheet whose keys must stay in sight shortens its body here."""

    @property
    def room(self) -> int:
        """The lines there are for the body, so that the keys in the footer are never pushed out of sight."""
        width, height = self.app.size
        return max(3, height - _AROUND - max(_FOOTER, self.footer.lines(width, self.WIDTH)))

    def failed(self, error: Exception) -> None:
        """Says in one sentence what was refused or could not be saved; any other error is raised again."""
        if not isinstance(error, DatabaseFault | Refused):
            raise error
        self.say(sentence(error), "danger")

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Closes the sheet, once: Textual would take a second time, as by a double click, off the place behind it."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def action_back(self) -> None:
        self.dismiss(None)


class WritingSheet(Sheet[T]):
    """A sheet that writes to the database."""

    saving = False

    def __init__(self, state: AppState, title: str = "", *, keys: Keys = ()) -> None:
        super().__init__(title, keys=keys)
        self.state = state

    async def act(self, fn: Callable[..., R], *args: Any, done: Callable[[R], object], **values: Any) -> bool:
        """Runs a writer for the person at the keyboard, then `done` with what it gives, or says why it was refused.

        Says whether it was done.
        """
        self.saving = True
        try:
            if self.state.actor is None:
                return False
            result = await self.state.store.run(fn, self.state.actor, *args, **values)
        except (DatabaseFault, Refused) as error:
            if self.is_running:
                self.failed(error)
            return False
        else:
            done(result)
            return True
        finally:
            self.saving = False

    def start(self, fn: Callable[..., R], *args: Any, done: Callable[[R], object], **values: Any) -> None:
        """Runs `act` as a worker: a slow disk must not keep the keyboard from locking the screen."""
        self.saving = True  # from now on, not from when the worker gets its turn
        self.run_worker(self.act(fn, *args, done=done, **values))
