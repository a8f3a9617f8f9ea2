"""The messages: threads with the guardians, what waits in them, and the way to answer or to write."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from kindertui.commands import Place, State
from kindertui.data import messages
from kindertui.data.messages import Mark
from kindertui.data.queries import messages as message_queries
from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.domain.messages import Message, Thread, read_draft
from kindertui.i18n import _
from kindertui.phrases import clock
from kindertui.phrases import messages as words
from kindertui.screens.app_state import AppState
from kindertui.screens.child_commands import show_call_list
from kindertui.screens.place import Action
from kindertui.screens.places.command_place import CommandPlace
from kindertui.screens.sheets.audience import PLACE as DRAFT
from kindertui.screens.sheets.audience import Audience, audience_at, audience_rows, named, reach_lines, recipients_of
from kindertui.screens.sheets.compose import ComposeScreen
from kindertui.screens.sheets.confirm import ConfirmSheet
from kindertui.screens.sheets.pick import PickSheet
from kindertui.screens.sheets.read import ReadSheet
from kindertui.text import Line, content, lines_content
from kindertui.widgets.table import BLANK, Cell, Column, Row, RowTable, text_row
from kindertui.widgets.thread import WAITS, thread_lines

WIDE = 104  # from here the thread stands beside the list
_LAST = 6  # lines of a thread that are shown again where something is decided about it


class MessagesScreen(CommandPlace):
    """A row a thread, the latest first, with the thread under the cursor beside or below; drafts on top."""

    DEFAULT_CSS = """
    #threads-head { height: 1; }
    #post { height: 1fr; margin: 1 0 0 0; layout: vertical; }
    #threads { height: 2fr; min-height: 5; }
    #thread {
        height: 3fr; border-top: solid $tone-line; padding: 0 1; scrollbar-size-vertical: 1;
        scrollbar-color: $tone-line; scrollbar-background: $background;
    }
    #thread-text { height: auto; }
    #post.-wide { layout: horizontal; }
    #post.-wide #threads { width: 11fr; height: 1fr; }
    #post.-wide #thread { width: 10fr; height: 1fr; border-top: none; border-left: solid $tone-line; padding: 0 2; }
    """

    PLACE: ClassVar[Place] = "messages"

    def __init__(self, state: AppState) -> None:
        super().__init__(state)
        self._threads: dict[str, Thread] = {}
        self._composer: ComposeScreen | None = None

    def body(self) -> Iterable[Widget]:
        yield Static(id="threads-head", markup=False)
        pane = VerticalScroll(Static(id="thread-text", markup=False), id="thread", can_focus=False)
        yield Container(RowTable(id="threads"), pane, id="post")

    def command_state(self) -> State:
        thread = self._thread()
        return State(
            self.PLACE,
            row=self.table.cursor is not None,
            reported=thread is not None,
            waits=thread is not None and any(_open(one) for one in thread.messages),
        )

    def actions(self) -> Mapping[str, Action]:
        return {
            **super().actions(),
            "read_on": self._read_on,
            "call_list": self._call_list,
            "park": lambda: self._ask_settle("parked"),
            "answered": lambda: self._ask_settle("answered"),
            "enter": self._answer,
            "answer": self._ask_answer,
            "write": self._ask_write,
        }

    def child_under_cursor(self) -> str | None:
        audience = self._audience()
        return audience.id if audience is not None and audience.kind == "child" else None

    def _thread(self) -> Thread | None:
        return self._threads.get(self.table.cursor or "")

    def _audience(self) -> Audience | None:
        """Whom the row under the cursor is about."""
        if (thread := self._thread()) is not None:
            return Audience(thread.audience, thread.audience_id, thread.id)
        return audience_at(self.table.cursor or "")

    # -- what is shown -------------------------------------------------------------------------------------------

    def show(self) -> None:
        state, now = self.state, self.state.now()
        db = state.store.reader
        state.cache.read()
        self._threads = {one.id: one for one in message_queries.threads(db, state.zone)}
        self.query_one("#threads-head", Static).update(self._head())
        places = state.drafts.places(state.actor.staff_id, DRAFT) if state.actor else ()
        rows = [self._draft_row(place) for place in places]
        rows += [_row(one, words.ago(one.last_at, now)) for one in self._threads.values()]
        rows = rows or [BLANK, text_row(_("No messages yet: w writes one."), "dim")]
        wide = self.app.size.width >= WIDE
        self.query_one("#post").set_class(wide, "-wide")
        self.table.show((Column("", 6), Column(_("who"), 20), Column("", 10), Column(_("about"), 0)), rows)
        self._show_thread()

    def _head(self) -> Content:
        state, now = self.state, self.state.now()
        count, oldest = message_queries.unread(state.store.reader, state.zone)
        parts = [content(words.waiting(count, oldest, now), "bold $tone-accent" if count else "$tone-dim")]
        if (at := state.policy.message.round_at) is not None:
            parts.append(content(_("read every day around {time}").format(time=clock(at)), "$tone-dim"))
        parts.append(content(words.purpose(state.policy), "$tone-dim"))
        return Content.assemble("  ", Content("  ·  ").join(parts))

    def _draft_row(self, place: str) -> Row:
        audience = audience_at(place)
        who = named(self.state, audience) if audience is not None else ""
        return Row(place, (Cell(_("draft"), "accent"), Cell(who or "?", "strong")), wide=1)

    def _show_thread(self) -> None:
        """The thread under the cursor from its end, and the keys that do something with it."""
        pane, thread = self.query_one("#thread", VerticalScroll), self._thread()
        lines: list[Line] = []
        if thread is not None:
            lines = self._lines(thread)
        elif (place := self.table.cursor) is not None and self.state.actor is not None:
            subject, text = read_draft(self.state.drafts.kept(self.state.actor.staff_id, place))
            lines = [(_("Not sent yet: Enter goes on with it."), "accent"), (subject, "strong"), (text, "plain")]
        self.query_one("#thread-text", Static).update(lines_content(lines))
        self.call_after_refresh(pane.scroll_end, animate=False)
        self.show_keys()

    def _lines(self, thread: Thread) -> list[Line]:
        db = self.state.store.reader
        sent = (one.id for one in thread.messages if one.direction == "out")
        return thread_lines(thread, {id: message_queries.recipients(db, id) for id in sent})

    # -- moving and reading --------------------------------------------------------------------------------------

    def cursor_moved(self) -> None:
        self._show_thread()

    async def _read_on(self) -> None:
        """The thread from its beginning, on a sheet of its own; Enter marks what is unread in it as read."""
        if (thread := self._thread()) is None:
            await self._answer()
            return
        title, lines = thread.title or thread.subject, self._lines(thread)
        if not any(one.state == "unread" for one in thread.messages):
            self.app.push_screen(ReadSheet(title, lines))
            return

        async def answered(yes: str | None) -> None:
            if yes is not None:
                await self._mark(thread, "read")

        self.app.push_screen(ConfirmSheet(title, lines, does=_("marks it as read")), answered)

    async def _call_list(self) -> None:
        child_id = self.child_under_cursor()
        if child_id is None:
            self.status.say(_("This is about a whole group: a call list is one child's."), "due")
            return
        self.state.child_id = child_id
        await show_call_list(self, "")

    def _ask_settle(self, state: Mark) -> None:
        """Shows what is parked or dealt with; Enter does it."""
        if (thread := self._thread()) is None:
            return
        title, does, told, said = {
            "parked": (_("Park this? {who}"), _("parks it"), _("It no longer counts as unread; nobody is told."),
                       _("parked")),
            "answered": (_("Dealt with? {who}"), _("takes it off what waits"),
                         _("It was answered some other way, by phone or at the door; nobody is told."),
                         _("answered some other way")),
        }[state]  # fmt: skip

        async def answered(yes: str | None) -> None:
            if yes is not None and await self._mark(thread, state):
                self.status.saved(f"{thread.title}: {said}")

        lines = [*self._lines(thread)[-_LAST:], ("", "plain"), (told, "accent")]
        self.app.push_screen(ConfirmSheet(title.format(who=thread.title or "?"), lines, does=does), answered)

    async def _mark(self, thread: Thread, state: Mark) -> bool:
        """Marks what came in and is not answered; says whether there was anything to mark and it was."""
        actor, wanted = self.state.actor, [one for one in thread.messages if _open(one) and one.state != state]
        if actor is None or not wanted:
            return False
        try:
            for one in wanted:
                await self.state.store.run(messages.mark, actor, one.id, state)
        except (DatabaseFault, Refused) as error:
            self.failed(error)
            return False
        finally:
            self.refresh_all()
        return True

    # -- writing -------------------------------------------------------------------------------------------------

    async def _answer(self) -> None:
        """Answers the thread, or goes on with the draft."""
        audience, thread = self._audience(), self._thread()
        if audience is None:
            return
        if thread is not None:
            await self._mark(thread, "read")
        self._write(audience)

    def _ask_answer(self) -> None:
        """Shows who would get an answer; Enter begins it."""
        audience, thread = self._audience(), self._thread()
        if audience is None:
            return

        async def answered(yes: str | None) -> None:
            if yes is not None:
                await self._answer()

        lines = self._lines(thread)[-_LAST:] if thread is not None else []
        lines += [
            *([("", "plain")] if lines else []),
            *reach_lines(self.state, audience, recipients_of(self.state, audience)),
        ]
        title = _("Answer to {who}") if thread is not None else _("Message to {who}")
        sheet = ConfirmSheet(title.format(who=named(self.state, audience) or "?"), lines, does=_("opens it to write"))
        self.app.push_screen(sheet, answered)

    def _ask_write(self) -> None:
        def picked(place: str | None) -> None:
            if place is not None and (audience := audience_at(place)) is not None:
                self._write(audience)

        self.app.push_screen(PickSheet(_("Who is it for?"), audience_rows(self.state), (40,)), picked)

    def _write(self, audience: Audience) -> None:
        if (actor := self.state.actor) is None:
            return
        subject, asked = "", None
        thread = message_queries.thread(self.state.store.reader, audience.thread_id, self.state.zone)
        if thread is not None:
            subject = next((one.subject for one in thread.messages if one.subject), "")
            last = next((one for one in reversed(thread.messages) if one.direction == "in"), None)
            if last is not None:
                asked = (f"{last.by}, {words.ago(last.at, self.state.now())}: {last.body or last.subject}", "dim")
        self._composer = ComposeScreen(self.state, actor, audience, subject=subject, asked=asked)
        self.app.push_screen(self._composer, self._written)

    def _written(self, sent: bool | None) -> None:
        composer, self._composer = self._composer, None
        if composer is None:
            return
        if sent:
            who = named(self.state, composer.audience)
            self.status.saved(_("message to {who}: waits for the portal").format(who=who))
        else:
            composer.keep()
        self.refresh_all()

    def keep_draft(self) -> bool:
        if self._composer is not None:
            self._composer.keep()
        return super().keep_draft()

    def bring_back_draft(self) -> None:
        """After a lock the message stands open again, for the one who was writing it."""
        super().bring_back_draft()
        composer, self._composer = self._composer, None
        actor = self.state.actor
        if composer is not None and actor is not None and composer.actor.staff_id == actor.staff_id:
            self.call_after_refresh(self._write, composer.audience)


def _open(message: Message) -> bool:
    """Did it come in, and is it not answered?"""
    return message.direction == "in" and message.state != "answered"


def _row(thread: Thread, age: str) -> Row:
    waits = next((one.state for one in reversed(thread.messages) if one.state in WAITS), None)
    last = thread.messages[-1]
    # in a list there is room for a word, not for what it means
    short = {"queued": _("waits"), "left": _("left")}
    state = words.state(waits) if waits else short.get(last.state) or words.state(last.state)
    tone = "accent" if thread.unread else "due" if waits or last.state == "refused" else "dim"
    about = "plain" if waits else "dim"
    return Row(
        thread.id,
        (Cell(age, "dim"), Cell(thread.title or "?", "strong" if waits else "plain"), Cell(state, tone),
         Cell(thread.subject, about)),
    )  # fmt: skip
