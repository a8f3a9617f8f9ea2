"""The staff list: who may stand at the keyboard."""

from kindertui.data import models
from kindertui.data.act import Tx
from kindertui.domain.people import Staff


def add_staff(tx: Tx, name: str) -> Staff:
    """Puts a name on the staff list as a group worker; raises Refused `text_too_long` or `text_not_unicode`."""
    with models.refused_texts():
        record = tx.add(models.Staff, name=name)
    return Staff(record.id, record.name)
