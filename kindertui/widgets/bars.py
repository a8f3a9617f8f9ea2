"""The two lines at the top of every screen: where and when, and the six places with what waits in each."""

from collections.abc import Mapping

from msgspec import Struct
from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from kindertui.commands import BY_ID, PLACES, Place
from kindertui.i18n import _
from kindertui.phrases import HARM
from kindertui.text import cell, clean_for_screen
from kindertui.widgets.key_line import clickable, press, pressing


class HeadWords(Struct, frozen=True):
    """What the top line says. `loud` is shown instead of the day when another day than today is on the screen.

    `loud_few` and `late_few` say the same in fewer letters, for a narrow screen.
    """

    group: str
    day: str
    clock: str
    clock_note: str = ""  # whose time it is, where it is not the machine's
    loud: str = ""
    loud_few: str = ""
    unsaved: str = ""  # how many lines are not saved
    late: str = ""  # which looks at sleepers are late
    late_few: str = ""
    inside: str = ""
    expected: str = ""
    staff: str = ""
    need: str = ""
    short: bool = False  # too few staff for who is in
    who: str = ""
    portal: int = 0


# What a narrow screen goes without, the first first. What is left says where and when one is, who is late and how many
# are in; a group's name of any length gives way to those. Whoever writes must see under whose name: that goes late.
_CUTS = ("portal", "loud", "staff", "mark", "late", "expected", "need", "clock_note", "who", "clock", "group")
_GROUP_LEAST = 6  # terminal cells


class HeadBar(Widget, can_focus=False):
    """One line: group, day, clock; what is late; counts; who is at the keyboard and what waits for the portal."""

    words = HeadWords("", "", "")

    def show(self, words: HeadWords) -> None:
        """Shows these words."""
        if words != self.words:
            self.words = words
            self.refresh()

    def render(self) -> Content:
        width = self.size.width
        for cuts in range(len(_CUTS) + 1):
            left, middle, right = self._parts(frozenset(_CUTS[:cuts]), width)
            free = width - left.cell_length - middle.cell_length - right.cell_length - 2
            if free >= 4:
                break
        free = max(free, 2)
        first = max(
            free // 2 if free < 4 else 2, min(free - 2, (width - middle.cell_length) // 2 - left.cell_length - 1)
        )
        bar = Content.assemble(" ", left, " " * first, middle, " " * (free - first), right)
        return bar.truncate(width, ellipsis=True)

    def _parts(self, without: frozenset[str], width: int) -> tuple[Content, Content, Content]:
        """What stands left, in the middle and right, without some of it."""
        words = self.words
        cut_note = "clock_note" in without
        loud = words.loud_few if "loud" in without else words.loud
        late = words.late_few if "late" in without else words.late
        if late and ("late" in without or "mark" not in without):
            late = HARM + late
        group = _one_line(words.group)
        if "group" in without:
            rest = [part for part in (loud or words.day, words.unsaved, late, words.inside) if part]
            group = cell(group, max(_GROUP_LEAST, width - sum(cell_len(part) + 2 for part in rest) - 6)).rstrip()
        left = [
            pressing("ctrl+g", group, "bold $tone-good"),
            Content.styled(loud, "bold $tone-due") if loud else Content(words.day),
            *([] if "clock" in without else [Content(words.clock)]),
            *([Content.styled(words.clock_note, "$tone-due")] if words.clock_note and not cut_note else []),
            *([pressing("ctrl+s", HARM + words.unsaved, "bold reverse $tone-danger")] if words.unsaved else []),
            *([pressing("full_stop", _one_line(late), "bold $tone-danger")] if late else []),
        ]
        middle = Content.assemble(
            (words.inside, "bold"),
            (" " + words.expected, "$tone-dim") if "expected" not in without else "",
            (" · " + words.staff, "$tone-dim") if words.staff and "staff" not in without else "",
            self._need(without),
        )
        right = Content.assemble(
            pressing("ctrl+l", _one_line(words.who), "bold") if "who" not in without else "",
            ("  " + _("portal") + f" {words.portal}", "$tone-due") if words.portal and "portal" not in without else "",
        )
        return Content("  ").join(left), middle, right

    def on_click(self, event: events.Click) -> None:
        press(self, event)

    def _need(self, without: frozenset[str]) -> tuple[str, str] | str:
        words = self.words
        if not words.need or ("need" in without and not words.short):
            return ""
        between = ", " if words.staff and "staff" not in without else " · "
        return between + words.need, "bold $tone-due" if words.short else "$tone-dim"


def _one_line(text: str) -> str:
    return clean_for_screen(text).replace("\n", " ")


class PlaceBar(Widget, can_focus=False):
    """One line: the six places by their digit, the present one loud, with what waits in each."""

    class Go(Message):
        """A place was clicked."""

        def __init__(self, place: Place) -> None:
            super().__init__()
            self.place = place

    def __init__(self, place: Place) -> None:
        super().__init__()
        self._place = place
        self._counts: dict[Place, int] = {}
        self._spans: list[tuple[int, int, Place]] = []

    def show(self, counts: Mapping[Place, int]) -> None:
        """Shows how many wait in each place."""
        if counts != self._counts:
            self._counts = dict(counts)
            self.refresh()

    def render(self) -> Content:
        wide = self.size.width >= 100
        parts: list[Content | tuple[str, str] | str] = [" "]
        at = 1
        self._spans.clear()
        for number, place in enumerate(PLACES, 1):
            text = f"{number} {_(BY_ID[f'go_{place}'].label)}"
            count = self._counts.get(place, 0)
            parts.append((text, "bold $tone-accent" if place == self._place else "$tone-dim"))
            end = at + len(text)
            if count:
                parts.append((f" {count}", "bold $tone-due"))
                end += len(str(count)) + 1
            self._spans.append((at, end, place))
            gap = 3 if wide else 2
            parts.append(" " * gap)
            at = end + gap
        tail = "? " + _("help") + ("   ctrl+p " + _("all commands") if wide else "")
        parts.append(clickable(tail, "$tone-dim"))
        return Content.assemble(*parts).truncate(self.size.width, ellipsis=True)

    def on_click(self, event: events.Click) -> None:
        press(self, event)
        for start, end, place in self._spans:
            if start <= event.x < end:
                self.post_message(self.Go(place))
