"""The two lines under the entry line: what Enter will do, and what was done last or why it was not."""

from rich.cells import cell_len
from textual.content import Content

from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.i18n import _
from kindertui.screens.app_state import AppState
from kindertui.text import cell, content
from kindertui.widgets.key_line import StatusLine, clickable

_EDGE = 4  # cells of the window beside a line
_LEAST = 10  # cells of a line however narrow the window is


class StatusArea:
    """Says things on two lines of a place: `preview` belongs to the line that is typed, `status` to the last act."""

    def __init__(self, state: AppState) -> None:
        self._state = state
        self.preview = StatusLine(id="preview")
        self.status = StatusLine(id="status")
        self._act: str | None = ""  # the act that the status tells of; None where it says something else
        self._explains = False  # it says why the last key did nothing
        self._offers = False  # it says which keys there are for the typed line
        self.about = ""  # the act of the unsaved line that the status tells of

    def say(self, text: str, tone: str = "dim", hint: str = "") -> None:
        """Says something on the status line, with a hint at its right end; a refusal is said whole, on several rows."""
        self._act = text if text in ("", self._state.saved) else None
        self._explains = self._offers = False
        self.about = ""
        room = max(_LEAST, self.status.app.size.width - _EDGE)
        tall = tone in ("danger", "due", "good") and cell_len(text) > room
        self.status.set_class(tall, "-tall")
        if tall:
            self.status.update(content(text, f"$tone-{tone}"), layout=True)
        else:
            self.status.update(_one_row(text, f"$tone-{tone}", hint, room), layout=False)

    def explain(self, why: str, tone: str = "due") -> None:
        """Says why a key or a paste did nothing, until the cursor moves on or something is typed."""
        self.say(why, tone)
        self._explains = True

    def moved_on(self) -> None:
        """The cursor is on something else, or something else is typed: why a key did nothing is not said of that."""
        if self._explains:
            self.say_saved()

    def offer(self, ways: str) -> None:
        """Says which keys answer what speaks against the typed line; without any the last act stands there again."""
        if ways:
            self.say("", hint=ways)
            self._act, self._offers = None, True
        elif self._offers:
            self.say_saved()

    def say_preview(self, text: Content | str, tone: str = "plain") -> None:
        """Says something under the entry line."""
        self.preview.update(content(text, f"$tone-{tone}") if isinstance(text, str) else text, layout=False)

    def saved(self, what: str) -> None:
        """The line after an act: when, what, and the way back."""
        self._set_saved(what)
        self.say_saved()

    def saved_since(self, what: str) -> None:
        """A line that waited was saved by itself: it is said unless something is said of the line that is typed."""
        self._set_saved(what)
        self.refresh()

    def _set_saved(self, what: str) -> None:
        now = self._state.now()
        self._state.saved = _("saved {time}  {what}").format(time=f"{now:%H:%M:%S}", what=what)
        self._state.taken_back = False

    def say_unsaved(self, text: str, act: str) -> None:
        """Says of a line that it is not saved, until it is or something else is said."""
        self.say(text, "danger")
        self.about = act

    def unsaved_are(self, acts: frozenset[str]) -> None:
        """These lines are not saved now: of another one that is not said any more."""
        if self.about and self.about not in acts:
            self.say_saved()

    def say_saved(self) -> None:
        """The last act's line again, with the key that takes it back, or does it again."""
        saved, taken_back = self._state.saved, self._state.taken_back
        way_back = _("ctrl+y does it again") if taken_back else _("ctrl+z takes it back")
        self.say(saved, hint=way_back if saved else "")

    def refresh(self) -> None:
        """Says the last act again if another one came meanwhile: ctrl+z takes the newest back, not one before it."""
        if self._act is not None and self._act != self._state.saved:
            self.say_saved()

    def failed(self, error: Exception) -> None:
        """One sentence for what was refused or could not be saved; anything else goes to the last-resort handler."""
        if not isinstance(error, DatabaseFault | Refused):
            raise error
        from kindertui.phrases.refused import sentence

        self.say(sentence(error), "danger")


def _one_row(text: str, style: str, hint: str, room: int) -> Content:
    """A text cut to its room; the hint at its right end stands whole."""
    if not hint:
        return content(cell(text, room).rstrip(), style)
    text = cell(text, room - cell_len(hint) - 2) + "  "
    return Content.assemble(content(text, style), clickable(hint, style))
