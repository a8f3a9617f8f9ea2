"""What is said and asked of a clock that may be wrong."""

from datetime import datetime

from kindertui.domain.clock import Doubt
from kindertui.i18n import _
from kindertui.phrases import clock, long_day


def clock_words(doubt: Doubt, now: datetime, last: datetime | None) -> list[str]:
    """What the clock says, and what speaks against it."""
    said = [_("This computer says that it is {day}, {clock}.").format(day=long_day(now.date()), clock=clock(now))]
    if last is not None and doubt == "clock_behind":
        said.append(
            _("The last entry was written after that: on {day} at {clock}.").format(
                day=long_day(last.date()), clock=clock(last)
            )
        )
    elif last is not None:
        said.append(
            _("The last entry was written on {day} at {clock}.").format(day=long_day(last.date()), clock=clock(last))
        )
    return said
