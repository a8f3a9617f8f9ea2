"""The day at the small location. The machine may be in another zone, where it is another day for some hours."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def today() -> date:
    return datetime.now(ZoneInfo("Europe/Amsterdam")).date()
