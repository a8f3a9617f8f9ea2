"""Writing down what the guard found in a text that somebody sends all the same."""

from collections.abc import Iterable

from kindertui.data import models
from kindertui.data.act import Tx


def keep_overridden(tx: Tx, record_id: str, categories: Iterable[str]) -> None:
    """Keeps who sent what in spite of the guard, in the same act as the record; nothing where nothing was found."""
    if found := ",".join(categories):
        tx.add(models.Overridden, record_id=record_id, categories=found, by_id=tx.actor.staff_id, at=tx.at)
