"""What writing a day down took: added up by day of the location. Not journaled, of no person, and never exported."""

from datetime import date

from kindertui.data import models
from kindertui.data.act import Tx


def add_effort(tx: Tx, day: date, keys: int, seconds: int) -> None:
    """Adds keys and seconds to a day."""
    found = tx.session.get(models.Effort, day.isoformat())
    if found is None:
        tx.session.add(models.Effort(day=day.isoformat(), keys=keys, seconds=seconds))
    else:
        found.keys += keys
        found.seconds += seconds
