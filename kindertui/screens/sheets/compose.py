"""Writes a message: shows who gets it above the text and what the guard finds in it, and asks before it is sent."""

import asyncio
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static, TextArea

from kindertui.data import drafts, messages
from kindertui.data.act import Actor
from kindertui.data.queries import messages as message_queries
from kindertui.domain.delivery import HTML
from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.domain.guard import GuardFinding
from kindertui.domain.messages import Recipient, draft_text, read_draft
from kindertui.i18n import _
from kindertui.phrases import messages as words
from kindertui.phrases.parents import not_sendable
from kindertui.phrases.refused import sentence
from kindertui.screens.app_state import AppState
from kindertui.screens.sheets.audience import (
    Audience,
    audience_at,
    audience_rows,
    counted,
    named,
    reach_lines,
    recipients_of,
)
from kindertui.screens.sheets.pick import PickSheet
from kindertui.text import Line, content, line_content, lines_content
from kindertui.widgets.composer import SendLine, TextField, point_at
from kindertui.widgets.line_input import LineInput

_DRAFT_LENGTH = 20_000  # what a draft may hold (models.LongText)


class ComposeScreen(Screen[bool]):
    """One message being written. Gives True when it was queued for the portal; otherwise the draft stays."""

    DEFAULT_CSS = """
    #compose-head { height: auto; max-height: 2; background: $panel; }
    #letter { height: 1fr; padding: 1 2 0 2; }
    #who {
        height: auto; max-height: 6; scrollbar-size-vertical: 1; scrollbar-color: $tone-line;
        scrollbar-background: $background;
    }
    #who-text { height: auto; }
    #quote {
        height: auto; max-height: 4; margin: 1 0 0 0; padding: 0 1; border-left: solid $tone-line;
        scrollbar-size-vertical: 1; scrollbar-color: $tone-line; scrollbar-background: $background;
    }
    #quote Static { height: auto; }
    #subject-line { height: 1; margin: 1 0; }
    #subject-word { width: auto; }
    #subject, #subject:focus { width: 1fr; background: $panel; background-tint: $panel 0%; padding: 0 1; }
    #text, #text:focus {
        height: 1fr; min-height: 3; background: $panel; background-tint: $panel 0%; padding: 0 1;
        scrollbar-size-vertical: 1; scrollbar-color: $tone-line; scrollbar-background: $panel;
    }
    #findings { height: auto; max-height: 5; margin: 1 0 0 0; }
    #send-panel { height: auto; background: $panel; border-top: solid $tone-line; padding: 0 2; }
    SendLine { height: auto; max-height: 2; }
    #compose-status { height: auto; max-height: 2; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "ask", show=False),
        Binding("escape", "back", show=False),
    ]

    def __init__(
        self, state: AppState, actor: Actor, audience: Audience, *, subject: str = "", asked: Line | None = None
    ):
        """`subject` begins an answer, `asked` is what is answered: the sender's last message and its tone."""
        super().__init__()
        self._state = state
        self.actor = actor
        self.audience = audience
        self._quote = asked
        self._stored = state.drafts.kept(actor.staff_id, audience.place)
        self._initial = read_draft(self._stored) if self._stored else (subject, "")
        self._offered = subject
        self._last = self._written(*self._initial)
        self._recipients: tuple[Recipient, ...] = ()
        self._found: tuple[GuardFinding, ...] = ()
        self._warned: tuple[GuardFinding, ...] = ()  # what the guard found when Enter was first pressed
        self._again: tuple[str, str] | None = (
            None  # the subject and text that Enter sends once more although they went out just now
        )
        self._checking = self._storing = self._sending = False

    def compose(self) -> ComposeResult:
        yield Static(id="compose-head", markup=False)
        with Vertical(id="letter"):
            with VerticalScroll(id="who"):
                yield Static(id="who-text", markup=False)
            if self._quote is not None:
                with VerticalScroll(id="quote"):
                    yield Static(line_content(*self._quote), markup=False)
            with Horizontal(id="subject-line"):
                yield Static(content(_("subject") + "  ", "$tone-dim"), id="subject-word", markup=False)
                yield LineInput(self._initial[0], id="subject", compact=True, max_length=200, select_on_focus=False)
            yield TextField(self._initial[1], id="text", compact=True, highlight_cursor_line=False)
            yield Static(id="findings", markup=False)
        with Vertical(id="send-panel"):
            yield SendLine(id="send", markup=False)
            yield Static(id="compose-status", markup=False)

    @property
    def _text(self) -> TextArea:
        return self.query_one("#text", TextArea)

    @property
    def _subject(self) -> Input:
        return self.query_one("#subject", Input)

    def on_mount(self) -> None:
        self._show_audience()
        self._text.move_cursor(self._text.document.end)
        self.set_focus(self._text if self._subject.value else self._subject)
        if self._stored:
            self.say(_("Your draft is back as you left it."))
        else:
            self._say_keys()

    # -- who gets it ---------------------------------------------------------------------------------------------

    def _show_audience(self) -> None:
        state, audience = self._state, self.audience
        self._recipients = recipients_of(state, audience)
        title = _("Answer to {who}") if audience.thread_id else _("Message to {who}")
        self.query_one("#compose-head", Static).update(
            Content.assemble(
                "  ",
                content(title.format(who=named(state, audience) or "?"), "bold $tone-accent"),
                "   ",
                content(words.purpose(state.policy), "$tone-dim"),
            )
        )
        self.query_one("#who-text", Static).update(lines_content(reach_lines(state, audience, self._recipients)))
        self._check()

    def action_group(self) -> None:
        """Asks for another audience; what was typed stays."""
        if self.audience.thread_id:
            self.say(_("An answer goes to those who were in the thread. For others: Esc, then w."), "due")
            return
        sheet = PickSheet(_("Who gets it instead?"), audience_rows(self._state), (40,))
        self.app.push_screen(sheet, self._change_audience)

    def _change_audience(self, place: str | None) -> None:
        audience = audience_at(place) if place is not None else None
        if audience is None or audience == self.audience:
            return
        if self._state.drafts.kept(self.actor.staff_id, audience.place):
            self.say(_("There is a draft for them already. Finish that one first: Esc, then choose it."), "due")
            return
        self._state.drafts.keep(self.actor, self.audience.place, "")
        self.audience, self._stored = audience, ""
        self._show_audience()
        self._text.focus()
        self.say(_("Look who gets it now; your text is as it was."), "due")

    # -- while it is typed ---------------------------------------------------------------------------------------

    @on(TextArea.Changed)
    @on(Input.Changed)
    def _typed(self, event: TextArea.Changed | Input.Changed) -> None:
        """Checks the text once the screen shows what was typed; keys that come in between are checked together."""
        event.stop()
        if not self._checking:
            self._checking = True
            self.call_after_refresh(self._check)

    def _check(self) -> None:
        self._checking = False
        state, audience = self._state, self.audience
        language = state.policy.log_language or state.location.language
        self._found = message_queries.findings_of(
            state.store.reader, audience.kind, audience.id, self._subject.value, self._text.text, state.policy, language
        )
        lines, findings = [*map(_finding, self._found)], self.query_one("#findings", Static)
        if found := HTML.search(f"{self._subject.value}\n{self._text.text}"):
            lines.insert(0, (f"✗ {not_sendable(found.group())}", "danger"))
        findings.update(lines_content(lines))
        findings.display = bool(lines)
        self._show_send()
        if (draft := self._draft()) != self._last:  # typed on: whatever was said last has been read
            self._last = draft
            self._say_keys()
        if not self._storing:
            self.run_worker(self._store_draft())

    async def _store_draft(self) -> None:
        """Stores the draft until what is stored is what stands there; one write at a time, however fast the typing."""
        self._storing = True
        try:
            while not self._sending and (draft := self._draft()) != self._stored:
                if len(draft) > _DRAFT_LENGTH:
                    self.say(_("This is too long for a message: shorten it. The draft is kept up to here."), "danger")
                    return
                self._stored = draft
                writing = self._state.drafts.keep(self.actor, self.audience.place, draft)
                if writing is not None:
                    await asyncio.shield(asyncio.wrap_future(writing))
        except DatabaseFault as error:
            self.say(sentence(error), "danger")
        finally:
            self._storing = False

    def keep(self) -> None:
        """Keeps the draft now: the screen is about to go."""
        draft = self._draft()
        if not self._sending and len(draft) <= _DRAFT_LENGTH:
            self._state.drafts.keep(self.actor, self.audience.place, draft)

    def _draft(self) -> str:
        return self._written(self._subject.value, self._text.text)

    def _written(self, subject: str, text: str) -> str:
        """The draft of these; what an answer begins with by itself is none."""
        return "" if subject == self._offered and not text.strip() else draft_text(subject, text)

    # -- keys ----------------------------------------------------------------------------------------------------

    async def on_key(self, event: events.Key) -> None:
        if event.key != "ctrl+j":  # the keypad's Enter, in tmux
            return
        event.stop()
        if isinstance(self.focused, SendLine):
            await self.action_send()
        elif self.focused is self._text:
            self._text.insert("\n")
        else:
            self._text.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._text.focus()

    def action_undo(self) -> None:
        self._text.undo()

    def action_redo(self) -> None:
        self._text.redo()

    def action_ask(self) -> None:
        """Puts the question; Enter there is the answer."""
        self.query_one(SendLine).focus()

    def action_back(self) -> None:
        """Esc: back to the text from the question, else away; the draft stays."""
        if isinstance(self.focused, SendLine):
            self._text.focus()
        else:
            self.dismiss(False)

    # -- sending -------------------------------------------------------------------------------------------------

    def on_send_line_asked(self, event: SendLine.Asked) -> None:
        event.stop()
        self._warned = ()
        self._show_send()
        if self.query_one(SendLine).has_focus:
            self.say("")
        elif not self.query_one("#compose-status", Static).content:  # a refusal stays until something is typed
            self._say_keys()

    def on_send_line_typed_on(self, event: SendLine.TypedOn) -> None:
        event.stop()
        self._text.focus()
        self._text.insert(event.letter)

    def _show_send(self) -> None:
        line, count = self.query_one(SendLine), counted(self._recipients)
        if not line.has_focus:
            line.update(Content.assemble(("ctrl+s", "$tone-accent"), " ", content(_("sends"), "$tone-dim"), "   ",
                                         content(count, "$tone-dim")))  # fmt: skip
            return
        question = (
            _("Enter again sends it all the same.")
            if self._warned or self._again == (self._subject.value, self._text.text)
            else _("Enter sends it · Esc back to the text")
        )
        line.update(Content.assemble(content(count, "bold"), "   ", content(question, "bold $tone-accent")))

    async def action_send(self) -> None:
        """Queues it for the portal, if the audience and the guard's findings are still those on the screen."""
        if self._sending:
            return
        state, audience = self._state, self.audience
        self._check()
        new = messages.NewMessage(
            audience.kind, audience.id, self._subject.value, self._text.text, audience.thread_id or None
        )
        self._sending = True  # from here on no draft is written behind the message's back
        try:
            await state.store.run(
                drafts.settling(messages.queue, audience.place),
                self.actor,
                new,
                policy=state.policy,
                override=bool(self._found) and self._warned == self._found,
                again=self._again == (new.subject, new.body),
                shown=self._recipients,
            )
        except (DatabaseFault, Refused) as error:
            self._sending = False
            if isinstance(error, Refused) and error.rule == "message_again":
                self._again = (new.subject, new.body)
            self._refused(error)
            return
        state.drafts.forget(self.actor.staff_id, audience.place)
        self.dismiss(True)

    def _refused(self, error: DatabaseFault | Refused) -> None:
        if isinstance(error, Refused):
            if error.rule == "audience_changed":
                self._show_audience()
            elif error.rule == "not_sendable":
                point_at(HTML, self._subject, self._text)
            self._warned = self._found if error.rule == "guard_found" else ()
            self._show_send()
        self.say(sentence(error), "danger")

    def _say_keys(self) -> None:
        other = "" if self.audience.thread_id else _("ctrl+g to somebody else") + "   "
        self.say(other + _("Tab next   Esc leaves, the draft stays"))

    def say(self, text: str, tone: str = "dim") -> None:
        self.query_one("#compose-status", Static).update(content(text, f"$tone-{tone}"))


def _finding(one: GuardFinding) -> Line:
    if one.level == "block":
        return f"✗ {words.finding(one)} " + _("Only a manager can send this."), "danger"
    return f"! {words.finding(one)}", "due"
