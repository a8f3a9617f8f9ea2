"""The records, as SQLModel tables, behind the one lazy boundary: the first use of `models.X` loads SQLModel.

That takes half a second. So a writer's module says `from kindertui.data import models` at its top, which is cheap, and
uses `models.X` in its functions alone: they run in the database thread, after the first frame.

Every record has an `id` (a UUIDv7, or a UUIDv5 of what is one thing by nature: domain/ids.py), a `rev` that counts from
1, and `deleted`: an edit or an undo deletes nothing, it marks. Instants are Unix seconds in UTC (`tz` beside them where
local time matters later); `day` and other civil dates are ISO text. A table model validates nothing when it is built
with its constructor: use `Tx.add`, which goes through `model_validate`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kindertui.data.models.tables import *  # noqa: F403 - the types, for mypy
else:

    def __getattr__(name):
        """Module attributes that are not there yet (PEP 562): all tables are loaded by the first that is asked for."""
        from importlib import import_module

        tables = import_module("kindertui.data.models.tables")
        if name.startswith("_") or not hasattr(tables, name):
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals().update({one: value for one, value in vars(tables).items() if not one.startswith("_")})
        return globals()[name]
