"""A few lines to fill in, one below the other: Enter goes on to the next, on the last it saves. Esc leaves it all."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import ClassVar

from msgspec import Struct
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.i18n import _
from kindertui.phrases.refused import sentence
from kindertui.text import cell, content
from kindertui.widgets.key_line import KeyLine
from kindertui.widgets.quick_keys import QuickInput

_LABEL = 18  # terminal cells


class Field(Struct, frozen=True):
    """One line: its label, an example that stands there while it is empty, and what it begins with."""

    name: str
    label: str
    example: str = ""
    value: str = ""


class Wrong(Exception):
    """What was typed in one field will not do; the sentence says why."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(field)
        self.field = field
        self.sentence = sentence


Save = Callable[[Mapping[str, str]], Awaitable[None]]


class FormSheet(ModalScreen[bool]):
    """Gives True once `save` took what was typed (by a field's name); on any refusal it stays, with what was typed."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss(False)", "")]

    def __init__(self, title: str, fields: Sequence[Field], save: Save) -> None:
        super().__init__()
        self._title = title
        self._fields = tuple(fields)
        self._save = save
        self._saving = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(content(self._title), classes="sheet-title", markup=False)
            with VerticalScroll(classes="lines", can_focus=False):
                for field in self._fields:
                    with Horizontal(classes="field"):
                        yield Static(content(cell(field.label, _LABEL), "$tone-dim"), classes="label", markup=False)
                        yield QuickInput(
                            field.value, id=field.name, compact=True, max_length=500, select_on_focus=False,
                            placeholder=field.example,
                        )  # fmt: skip
            yield KeyLine()

    def on_mount(self) -> None:
        self.set_focus(self.query(QuickInput).first())
        self._tell_keys()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._tell_keys()

    def on_key(self, event: events.Key) -> None:
        if event.key in ("down", "up"):
            event.stop()
            self._go(1 if event.key == "down" else -1)
        elif event.key == "ctrl+j":  # the keypad's Enter, in tmux
            event.stop()
            self._enter()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._enter()

    def _enter(self) -> None:
        if not self._go(1) and not self._saving:
            self._saving = True
            self.run_worker(self._try())  # a slow disk must not keep the keyboard from locking the screen

    def _go(self, by: int) -> bool:
        """To the next line or the one before; says whether there is one."""
        fields = list(self.query(QuickInput))
        place = next((at for at, one in enumerate(fields) if one.has_focus), 0) + by
        if not 0 <= place < len(fields):
            return False
        self.set_focus(fields[place])
        return True

    async def _try(self) -> None:
        try:
            await self._save({one.id or "": one.value.strip() for one in self.query(QuickInput)})
        except Wrong as wrong:
            self.set_focus(self.query_one(f"#{wrong.field}", QuickInput))
            self._tell(wrong.sentence, "danger")
        except (DatabaseFault, Refused) as error:
            self._tell(sentence(error), "danger")
        else:
            self.dismiss(True)
        finally:
            self._saving = False

    def _tell_keys(self) -> None:
        if len(self._fields) == 1:
            self._tell(_("Enter saves · Esc leaves it"))
        else:
            self._tell(_("Enter next, on the last line it saves · ↑ back · Esc leaves it"))

    def _tell(self, text: str, tone: str = "dim") -> None:
        self.query_one(KeyLine).show(text, tone)
