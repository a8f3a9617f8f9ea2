"""Shows what will be done, what is said of it and to whom; Enter does it, and nothing else that is typed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input, Static

from kindertui.i18n import _
from kindertui.screens.drafts import SheetDraft
from kindertui.screens.requests import Wanted
from kindertui.screens.sheets.ask import AskSheet
from kindertui.screens.sheets.read import scrolled
from kindertui.text import Line, content, line_content
from kindertui.widgets.sheet_footer import Keys


@dataclass(frozen=True, slots=True)
class Reason:
    """A field for a reason. `said` is what is told with it; `missing` is why it cannot be left out, if it cannot.

    `against` is asked on Enter what speaks against a reason; empty once it may be sent.
    """

    said: Callable[[str], Line]
    missing: str = ""
    against: Callable[[str], str] = lambda reason: ""
    value: str = ""
    draft: SheetDraft | None = None


class ConfirmSheet(AskSheet):
    """Gives the reason on Enter (empty without one), and None on Esc.

    It opens by one key, and whoever types a name or a whole line without looking types on: letters behind that key
    decide nothing and go into no field, and Enter behind them decides nothing either.
    """

    DEFAULT_CSS = """
    ConfirmSheet .field { margin: 1 0 0 0; }
    """

    AUTO_FOCUS = ".lines"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("enter,ctrl+j", "enter", ""),
        ("tab,shift+tab", "field", ""),
        ("exclamation_mark", "evacuation", ""),
    ]

    def __init__(self, title: str, lines: Sequence[Line], *, does: str, reason: Reason | None = None) -> None:
        """`does` is what Enter does, as the footer says it: `approves it`."""
        keys: Keys = [("enter", "Enter", does), ("escape", "Esc", _("back"))]
        if reason is None:
            super().__init__(title, keys=keys)
        else:
            keys = [keys[0], ("tab", "Tab", _("the reason")), keys[1]]
            super().__init__(title, keys=keys, value=reason.value, draft=reason.draft, check=self._why_not)
        self._lines, self._reason = lines, reason
        self._astray = False  # letters were typed that nobody asked for

    def body(self) -> Iterable[Widget]:
        yield scrolled(line_content(*line) for line in self._lines)
        if self._reason is not None:
            yield Static(line_content(*self._reason.said(self._value)), id="said", markup=False)
            with Horizontal(classes="field"):
                yield Static(content(_("reason")), classes="label", markup=False)
                yield from super().body()

    def _missing(self, reason: str) -> str:
        return self._reason.missing if self._reason is not None and not reason else ""

    def _why_not(self, reason: str) -> str:
        return self._missing(reason) or (self._reason.against(reason) if self._reason is not None else "")

    def on_input_changed(self, event: Input.Changed) -> None:
        if self._reason is not None:
            self.query_one("#said", Static).update(line_content(*self._reason.said(event.value.strip())))

    # -- keys ----------------------------------------------------------------------------------------------------

    @property
    def _typing(self) -> bool:
        """Is the cursor in the field?"""
        return isinstance(self.focused, Input)

    def on_key(self, event: events.Key) -> None:
        if event.is_printable and event.key != "exclamation_mark" and not self._typing:
            event.stop()
            self._go_astray()

    def on_paste(self, event: events.Paste) -> None:
        if not self._typing:
            event.stop()
            self._go_astray()

    def _go_astray(self) -> None:
        self._astray = True
        self.say(_("Letters decide nothing here, and nothing was done. Esc goes back; then the key, and Enter."), "due")

    async def action_enter(self) -> None:
        """Does it; where a reason is missing, goes to its field first."""
        if self._astray:
            return
        if self._reason is None:
            self.dismiss("")
            return
        field = self.query_one(Input)
        if self._missing(field.value.strip()) and not self._typing:
            field.focus()
        await field.action_submit()

    def action_field(self) -> None:
        """To the reason's field and back."""
        if self._reason is not None and not self._astray:
            self.set_focus(self.query_one(".lines") if self._typing else self.query_one(Input))

    def action_evacuation(self) -> None:
        """Closes this, as what is asked is not done, and shows the evacuation list."""
        app = self.app
        self.action_back()
        app.call_later(app.post_message, Wanted("evacuation"))
