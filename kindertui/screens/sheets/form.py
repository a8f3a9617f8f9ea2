"""A few lines to fill in, one below the other: Enter goes on to the next, on the last it saves. Esc leaves it all.

What was typed and not saved is back when the same person opens the same form.
"""

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence

from msgspec import Struct
from textual import events
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Static

from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.i18n import _
from kindertui.screens.drafts import SheetDraft, back_words
from kindertui.screens.sheets.sheet import Sheet
from kindertui.text import cell, content
from kindertui.widgets.line_input import LineInput

_LABEL = 18  # terminal cells


class Field(Struct, frozen=True):
    """One line: its label, an example shown while it is empty, and its first value."""

    name: str
    label: str
    example: str = ""
    value: str = ""


class Wrong(Exception):
    """What was typed in a field is refused; the sentence says why."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(field)
        self.field = field
        self.sentence = sentence


Save = Callable[[Mapping[str, str]], Awaitable[None]]


class FormSheet(Sheet[bool]):
    """Gives True once `save` took what was typed (by a field's name); on any refusal it stays, with what was typed."""

    def __init__(self, title: str, fields: Sequence[Field], save: Save, draft: SheetDraft, *, begin: str = "") -> None:
        """`begin` is the field that is typed in first; the first one where none is said."""
        super().__init__(title)
        self._fields = tuple(fields)
        self._save = save
        self._saving = False
        self._draft = draft
        self._initial = {one.name: one.value for one in fields}
        self._at, self._restored = _read(draft.text, self._initial, begin)
        self._last = self._initial | self._restored  # what the sentence in the footer was said about

    def body(self) -> Iterable[Widget]:
        with VerticalScroll(classes="lines", can_focus=False):
            for field in self._fields:
                with Horizontal(classes="field"):
                    yield Static(content(cell(field.label, _LABEL), "$tone-dim"), classes="label", markup=False)
                    yield LineInput(
                        self._last[field.name], id=field.name, compact=True, max_length=500, select_on_focus=False,
                        placeholder=field.example,
                    )  # fmt: skip

    def on_mount(self) -> None:
        self.set_focus(self.query_one(f"#{self._at}", LineInput))
        if self._restored:
            self.say(back_words(), "due")
        else:
            self._say_keys()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if (typed := self._typed()) != self._last:
            self._last = typed
            self._say_keys()

    def _typed(self) -> dict[str, str]:
        return {one.id or "": one.value for one in self.query(LineInput)}

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
            self.keep_draft()  # while it is saved nothing is kept, and what is refused must be there after a lock
            self._saving = True
            self.run_worker(self._try())  # a slow disk must not keep the keyboard from locking the screen

    def _go(self, by: int) -> bool:
        """To the next line or the one before; says whether there is one."""
        fields = list(self.query(LineInput))
        place = next((at for at, one in enumerate(fields) if one.has_focus), 0) + by
        if not 0 <= place < len(fields):
            return False
        self.set_focus(fields[place])
        return True

    async def _try(self) -> None:
        try:
            await self._save({name: text.strip() for name, text in self._typed().items()})
        except Wrong as wrong:
            self.set_focus(self.query_one(f"#{wrong.field}", LineInput))
            self.say(wrong.sentence, "danger")
        except (DatabaseFault, Refused) as error:
            self.failed(error)
        else:
            self._draft.settled()
            self.dismiss(True)
            return
        self._saving = False

    # -- nothing is lost -------------------------------------------------------------------------------------------

    def keep_draft(self) -> bool:
        """Keeps what was changed under the person's name, with the line it was typed on. Says whether it was new."""
        if self._saving:
            return False
        changed = {name: text for name, text in self._typed().items() if text != self._initial[name]}
        at = self.focused.id if self.focused is not None else self._at
        return self._draft.keep(json.dumps([at, changed]) if changed else "")

    def action_back(self) -> None:
        self.keep_draft()
        self.dismiss(False)

    def action_undo(self) -> None:
        """ctrl+z: takes out what was brought back."""
        if self._restored:
            self._restored = self._typed()
            self._put(self._initial)

    def action_redo(self) -> None:
        """ctrl+y: puts it in again."""
        if self._restored:
            self._put(self._initial | self._restored)

    def _put(self, values: Mapping[str, str]) -> None:
        for one in self.query(LineInput):
            one.value = values[one.id or ""]
            one.cursor_position = len(one.value)

    def _say_keys(self) -> None:
        if len(self._fields) == 1:
            self.say(_("Enter saves · Esc leaves it"))
        else:
            self.say(_("Enter next, on the last line it saves · ↑ back · Esc leaves it"))


def _read(draft: str, initial: Mapping[str, str], begin: str) -> tuple[str, dict[str, str]]:
    """The line that was typed on last, and what was changed; only that, as the others may be somebody else's by now."""
    at, changed = json.loads(draft) if draft else (begin, {})
    return at if at in initial else next(iter(initial)), {name: changed[name] for name in initial if name in changed}
