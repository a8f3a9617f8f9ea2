"""Writing the menu of the day: one record for a day, a group (or everybody) and a meal."""

from datetime import date

from kindertui.data import models
from kindertui.data.act import Tx
from kindertui.domain.menu import Menu


def keep(tx: Tx, *, day: date, group_id: str | None, meal: str, text: str) -> Menu:
    """Keeps what a meal is, in place of what was kept before; for everybody it takes the groups' own menus away.

    Raises Refused `text_too_long` or `text_not_unicode`. It writes no meal: `daylog.save_plan` does.
    """
    rows = tx.connection.execute(
        "SELECT id, group_id, deleted FROM menu WHERE day = ? AND meal = ? ORDER BY deleted, id",
        (day.isoformat(), meal),
    ).fetchall()
    mine = next((row[0] for row in rows if row[1] == group_id), None)
    if group_id is None:
        for row_id, own, deleted in rows:
            if own is not None and not deleted and (record := tx.get(models.Menu, row_id)) is not None:
                tx.change(record, deleted=True)
    with models.refused_texts():
        record = tx.get(models.Menu, mine) if mine else None
        if record is None:
            record = tx.add(models.Menu, day=day.isoformat(), group_id=group_id, meal=meal, text=text)
        else:
            tx.change(record, text=text, deleted=False)  # one that was taken back before stands again
    return Menu(day, group_id, meal, record.text)
