"""The two lines under the entry line: what Enter will do, and what was done last or why it was not."""

from functools import lru_cache

from rich.cells import cell_len
from textual.content import Content
from textual.screen import Screen

from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.i18n import _
from kindertui.screens.app_state import AppState
from kindertui.text import cell, content
from kindertui.widgets.key_line import StatusLine, clickable


class FootScreen(Screen[None]):
    """A place's foot, which says things."""

    def __init__(self, state: AppState) -> None:
        super().__init__()
        self.state = state
        self.status = StatusLine(id="status")
        self.preview = StatusLine(id="preview")
        self._act: str | None = ""  # the act that the last line tells of; None where it says something else
        self._says_why = False  # why the last key did nothing

    def say(self, text: str, tone: str = "dim", hint: str = "") -> None:
        """Says something on the last line, with a hint at its right end. What is more than a receipt is said whole."""
        self._act = text if text in ("", self.state.saved) else None
        self._says_why = False
        room = max(10, self.app.size.width - 4)
        tall = tone in ("danger", "due", "good") and cell_len(text) > room
        self.status.set_class(tall, "-tall")
        if tall:
            self.status.update(content(text, f"$tone-{tone}"), layout=True)
            return
        self.status.update(self.saying(text, tone, hint), layout=False)

    def saying(self, text: str, tone: str = "dim", hint: str = "") -> Content:
        """What the last line says in one row, cut to its width: the hint at its right end stands whole."""
        return _saying(text, f"$tone-{tone}", hint, max(10, self.app.size.width - 4))

    def say_preview(self, text: Content | str, tone: str = "plain") -> None:
        """Says something under the entry line."""
        self.preview.update(content(text, f"$tone-{tone}") if isinstance(text, str) else text, layout=False)

    def saved(self, what: str) -> None:
        """The line after an act: when, what, and the way back."""
        self.state.saved = self.saved_words(what)
        self.state.taken_back = False
        self.say_saved()

    def saved_words(self, what: str) -> str:
        """`saved 12:31:07  what`, as of now."""
        return _("saved {time}  {what}").format(time=f"{self.state.now():%H:%M:%S}", what=what)

    def moved_on(self) -> None:
        """The cursor is on something else: why a key did nothing there is not said of this."""
        if self._says_why:
            self.say_saved()

    def say_saved(self) -> None:
        """The last act's line again, with the way back."""
        self.say(self.state.saved, hint=self.way_back() if self.state.saved else "")

    def way_back(self) -> str:
        """The key that takes the last act back, or does it again."""
        return _("ctrl+y does it again") if self.state.taken_back else _("ctrl+z takes it back")

    def failed(self, error: Exception) -> None:
        """One sentence for what was refused or could not be saved; anything else goes to the last-resort handler."""
        if not isinstance(error, DatabaseFault | Refused):
            raise error
        from kindertui.phrases.refused import sentence

        self.say(sentence(error), "danger")


@lru_cache(maxsize=1)  # made while the disk has its turn, and said when it is done
def _saying(text: str, style: str, hint: str, room: int) -> Content:
    if not hint:
        return content(cell(text, room).rstrip(), style)
    text = cell(text, room - cell_len(hint) - 2) + "  "
    return Content.assemble(content(text, style), _hint(hint, style))


_hint = lru_cache(maxsize=16)(clickable)  # the same few words behind whatever is said
