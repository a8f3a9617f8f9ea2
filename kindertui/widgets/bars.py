"""The two lines at the top of every screen: where and when, and the six places with what waits in each."""

from collections.abc import Mapping

from msgspec import Struct
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from kindertui.commands import BY_ID, PLACES, Place
from kindertui.i18n import _
from kindertui.text import clean_for_screen


class HeadWords(Struct, frozen=True):
    """What the top line says. `loud` is shown instead of the day when another day than today is on the screen."""

    group: str
    day: str
    clock: str
    loud: str = ""
    inside: str = ""
    expected: str = ""
    staff: str = ""
    need: str = ""
    short: bool = False  # too few staff for who is in
    who: str = ""
    portal: int = 0


class HeadBar(Widget, can_focus=False):
    """One line: group, day, clock; counts; who is at the keyboard and what waits for the portal."""

    words = HeadWords("", "", "")

    def show(self, words: HeadWords) -> None:
        """Shows these words."""
        if words != self.words:
            self.words = words
            self.refresh()

    def render(self) -> Content:
        words, width = self.words, self.size.width
        left = Content.assemble(
            (clean_for_screen(words.group), "bold $tone-good"),
            "  ",
            (words.loud, "bold $tone-danger") if words.loud else (words.day, ""),
            "  ",
            words.clock,
        )
        middle = Content.assemble(
            (words.inside, "bold"),
            (" " + words.expected, "$tone-dim"),
            (" · " + words.staff, "$tone-dim") if words.staff else "",
            (", " + words.need, "bold $tone-danger" if words.short else "$tone-dim") if words.need else "",
        )
        waiting = ("  " + _("portal") + f" {words.portal}", "$tone-due") if words.portal else ""
        right = Content.assemble((clean_for_screen(words.who), "bold"), waiting)
        free = width - left.cell_length - middle.cell_length - right.cell_length - 2
        if free < 4:  # narrow: the counts matter more than what waits
            right = Content.assemble((clean_for_screen(words.who), "bold"))
            free = width - left.cell_length - middle.cell_length - right.cell_length - 2
        free = max(free, 2)
        first = max(1, min(free - 1, (width - middle.cell_length) // 2 - left.cell_length - 1))
        return Content.assemble(" ", left, " " * first, middle, " " * (free - first), right)


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
        parts.append((tail, "$tone-dim"))
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        for start, end, place in self._spans:
            if start <= event.x < end:
                self.post_message(self.Go(place))
