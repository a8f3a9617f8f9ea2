"""Five days of a child as bars, with the same in words and numbers beside them: it reads without colour."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from rich.cells import cell_len

from kindertui.domain.attendance import HOURS
from kindertui.domain.daylog import Entry
from kindertui.domain.people import Child
from kindertui.domain.week import STEPS, WeekDay
from kindertui.i18n import _, ngettext
from kindertui.phrases import age, clock, day, day_cells, long_day, number, span
from kindertui.phrases.daylog import marked, meal_and_portion, nappy_content
from kindertui.phrases.paper import WIDTH, Line, Paper, Section
from kindertui.text import cell

LEAST = 24  # cells of a bar: two an hour
_MEAL = 4  # cells of a whole portion: a quarter each
_SIP = 50  # millilitres a cell of drink stands for
_SIGNS = {"wet": "▒", "soiled": "█", "both": "▓", "dry": "░"}


class Bar(Struct, frozen=True):
    """One lane of one day: whose day it is (first lane only), what it is about, the bar, and what it says in words."""

    day: str
    name: str
    bar: str
    words: str
    tone: str


def hours_line(cells: int) -> str:
    """`07  08  09 …` over a bar of so many cells."""
    each = cells // len(HOURS)
    step = 1 if each >= 3 else 2
    return "".join(f"{hour:02}".ljust(each * step) for hour in HOURS[::step]).rstrip()


def bars(days: Sequence[WeekDay], cells: int) -> list[Bar]:
    """The lanes of some days, for bars of `cells` (a multiple of the hours, at least two cells each)."""
    lanes: list[Bar] = []
    for one in days:
        mine = _lanes(one, cells)
        lanes += [Bar(day(one.day) if not place else "", *lane) for place, lane in enumerate(mine)]
    return lanes


def bar_cells(width: int) -> int:
    """How many cells a bar gets where a line has `width`: whole cells an hour, and room for the words beside it."""
    hours = len(HOURS)
    return max(LEAST, hours * min(6, (width - labels() - 34) // hours))


def labels() -> int:
    """Cells of a lane before its bar: the day, and what the lane is about."""
    return _day_cells() + max(cell_len(name) for name in (_("sleep"), _("food"), _("drink"), _("nappy"))) + 2


def _day_cells() -> int:
    """Cells of a day, with a gap behind the longest there is."""
    return max(12, day_cells() + 1)


def lane_text(lane: Bar, cells: int, width: int) -> tuple[str, str, str]:
    """What stands before the bar, the bar, and behind it, of a line of `width` cells."""
    if not lane.bar:  # a sentence needs the room
        return cell(lane.day, labels()), cell(lane.words, max(4, width - labels())).rstrip(), ""
    before = cell(lane.day, _day_cells()) + cell(lane.name, labels() - _day_cells())
    # words that find no room behind a whole bar begin where this one ends
    cells = max(cell_len(lane.bar), min(cells, width - labels() - 2 - cell_len(lane.words)))
    return before, cell(lane.bar, cells), "  " + cell(lane.words, max(4, width - labels() - cells - 2)).rstrip()


def week_paper(child: Child, days: Sequence[WeekDay], now: datetime, location: str) -> Paper:
    """The same on paper."""
    cells = bar_cells(WIDTH)
    lines = [Line(" " * labels() + hours_line(cells))]
    for lane in bars(days, cells):
        lines.append(Line("".join(lane_text(lane, cells, WIDTH))))
    in_words = (Section(long_day(one.day), tuple(map(Line, day_sentences(one)))) for one in days)
    return Paper(
        name="week",
        title=_("Five days of {name}").format(name=child.full_name),
        subtitle=" · ".join((location, age(child, now.date()), long_day(now.date()), clock(now))),
        sections=(Section("", tuple(lines), fixed=True), *in_words),
    )


def day_sentences(one: WeekDay) -> list[str]:
    """The day in whole: every nap with its times, every meal, what was drunk, the nappies by kind."""
    if not one.written:
        return [_("nothing written")]
    sentences: list[str] = []
    if one.naps:
        times = ", ".join(_nap(entry) for entry in one.naps)
        sentences.append(_("Slept {long}: {times}").format(long=span(one.minutes), times=times))
    elif one.no_sleep:
        sentences.append(_("Did not sleep"))
    if one.meals:
        sentences.append(_("Ate: {what}").format(what=", ".join(map(meal_and_portion, one.meals))))
    if one.drinks:
        sentences.append(_("Drank: {what}").format(what=_drunk(one)))
    if one.nappies:
        sentences.append(_("Nappies: {what}").format(what=_nappies(one)))
    return sentences or [_("nothing of sleep, food or nappies")]


def _lanes(one: WeekDay, cells: int) -> list[tuple[str, str, str, str]]:
    if not one.written:
        return [("", "", _("nothing written"), "dim")]
    lanes = []
    if one.naps:
        open_nap = any(entry.is_open for entry in one.naps)
        words = span(one.minutes) + (" " + _("not ended yet") if open_nap else "")
        if len(one.naps) > 1:
            words += " · " + ngettext("{n} nap", "{n} naps", len(one.naps)).format(n=len(one.naps))
        if one.outside:  # the hours of the bar do not show them
            words += " · " + ", ".join(map(_nap, one.outside))
        lanes.append((_("sleep"), _sleep_bar(one.quarters, cells), words, "sleep"))
    elif one.no_sleep:
        lanes.append((_("sleep"), _sleep_bar(one.quarters, cells), _("did not sleep"), "sleep"))
    if one.meals:
        bar = " ".join(_portion_bar(entry) for entry in one.meals)
        words = ", ".join(marked(entry, meal_and_portion(entry)) for entry in one.meals)
        lanes.append((_("food"), bar, words, "good"))
    if one.drinks:
        bar = "█" * min(cells, round(one.millilitres / _SIP))
        lanes.append((_("drink"), bar, _drunk(one), "plain"))
    if one.nappies:
        bar = " ".join(_SIGNS[kind] * 2 for kind, count in one.nappies.items() for _each in range(count))
        words = ", ".join(f"{count} {_short(kind)}" for kind, count in one.nappies.items())
        lanes.append((_("nappy"), bar, words, "due"))
    lanes = lanes or [("", "", _("nothing of sleep, food or nappies"), "dim")]
    if one.for_staff:  # never on paper: the figures for it are without them
        text = ngettext("{n} of it for staff only (!)", "{n} of it for staff only (!)", one.for_staff)
        lanes.append(("", "", text.format(n=one.for_staff), "care"))
    return lanes


def _sleep_bar(quarters: Sequence[str], cells: int) -> str:
    """Full where the child slept, half a cell where half of it, light while a nap is open; · where awake by the hour."""
    each = cells // len(HOURS)
    drawn = []
    for place in range(cells):
        first = place * STEPS // each
        last = max(first + 1, (place + 1) * STEPS // each)
        here = quarters[first:last]
        half = len(here) // 2 or 1
        begins, ends = any(here[:half]), any(here[-half:])
        if "open" in here:
            drawn.append("░")
        elif begins and ends:
            drawn.append("█")
        elif begins or ends:
            drawn.append("▌" if begins else "▐")
        else:
            drawn.append("·" if place % each == 0 else " ")
    return "".join(drawn)


def _portion_bar(entry: Entry) -> str:
    """A cell for each quarter eaten; without an amount it was eaten, and nobody knows how much."""
    if entry.amount is None:
        return "?".ljust(_MEAL, "░")
    eaten = round(entry.amount * _MEAL)
    return "█" * eaten + "░" * (_MEAL - eaten)


def _drunk(one: WeekDay) -> str:
    times = ngettext("{n} time", "{n} times", one.drinks).format(n=one.drinks)
    return f"{number(one.millilitres)} ml · {times}" if one.millilitres else times


def _nappies(one: WeekDay) -> str:
    return ", ".join(f"{count} {nappy_content(kind)}" for kind, count in one.nappies.items())


def _short(kind: str) -> str:
    return _("both") if kind == "both" else nappy_content(kind)


def _nap(entry: Entry) -> str:
    return f"{clock(entry.start)}–{clock(entry.end) if entry.end else '…'}"
