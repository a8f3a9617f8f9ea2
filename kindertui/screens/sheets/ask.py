"""A sheet that asks for one line of text."""

from collections.abc import Callable, Iterable

from textual import events
from textual.widget import Widget
from textual.widgets import Input

from kindertui.i18n import _
from kindertui.screens.drafts import SheetDraft, back_words
from kindertui.screens.sheets.sheet import Sheet
from kindertui.widgets.line_input import LineInput
from kindertui.widgets.sheet_footer import Keys


class AskSheet(Sheet[str | None]):
    """Gives the line that was typed, or None on Esc. `check` gives back why a text will not do."""

    def __init__(
        self,
        title: str,
        *,
        footer: str = "",
        keys: Keys = (),
        check: Callable[[str], str] = lambda text: "",
        value: str = "",
        draft: SheetDraft | None = None,
        complete: Callable[[str], str] | None = None,
    ) -> None:
        """`complete` gives what Tab makes of what is typed.

        That stays in `draft` until it is saved: whoever asks has the writer drop it (`drafts.settling`).
        """
        hint = footer or ("" if keys else _("Enter does it · Esc leaves it"))
        super().__init__(title, footer=hint, keys=keys)
        self._hint = hint
        self._draft = draft
        self._restored = draft.text if draft is not None and not value else ""
        self._value = value or self._restored
        self._check = check
        self._complete = complete

    def body(self) -> Iterable[Widget]:
        yield LineInput(self._value, id="answer", compact=True, max_length=500, select_on_focus=False)

    def on_mount(self) -> None:
        if self._restored:
            self.say(back_words(), "due")

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self._restored:
            self.say(self._hint)

    def on_key(self, event: events.Key) -> None:
        if event.key == "tab" and self._complete is not None:
            event.stop()
            line = self.query_one(Input)
            line.value = self._complete(line.value)
            line.cursor_position = len(line.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if why := self._check(event.value.strip()):
            self.say(why, "danger")
        else:
            self.keep_draft()
            self.dismiss(event.value.strip())

    def keep_draft(self) -> bool:
        """Keeps what is typed under the person's name; says whether it was new."""
        return self._draft is not None and self._draft.keep(self.query_one(Input).value)

    def action_back(self) -> None:
        self.keep_draft()
        self.dismiss(None)

    def action_undo(self) -> None:
        """ctrl+z: takes out what was brought back."""
        if self._restored:
            self.query_one(Input).value = ""

    def action_redo(self) -> None:
        """ctrl+y: puts it in again."""
        if self._restored:
            line = self.query_one(Input)
            line.value, line.cursor_position = self._restored, len(self._restored)
