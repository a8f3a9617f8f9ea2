"""What a value grid asks, in words."""

from kindertui.domain.entry import MEAL_VERBS, Grid, Hole
from kindertui.domain.entry.words import verb_word
from kindertui.i18n import _, language, ngettext
from kindertui.phrases.daylog import kind, meal


def grid_title(grid: Grid, children: int) -> str:
    """`sleep 1230-…  for 12 children`."""
    for_whom = ngettext("for {n} child", "for {n} children", children).format(n=children)
    return f"{grid_words(grid)}  {for_whom}"


def grid_words(grid: Grid) -> str:
    """`sleep 1230-…`: what was typed around the holes stays as it was typed."""
    what = meal(grid.verb) if grid.verb in MEAL_VERBS else kind(grid.kind)
    if grid.verb == "woke":
        what = verb_word("woke", language())
    return f"{what} {'…'.join(grid.pieces).partition(' ')[2]}".strip()


def hole_word(hole: Hole) -> str:
    """The heading of a column of values."""
    return {
        "times": _("when"),
        "start": _("begin"),
        "end": _("end"),
        "amount": _("how much"),
        "content": _("what"),
        "text": _("words"),
    }[hole]
