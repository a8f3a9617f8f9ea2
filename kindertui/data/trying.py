"""Trying an act out: on a copy of the database that is thrown away, so that the write lock is held for nobody."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kindertui.data.copying import copy_file, work_folder
from kindertui.data.store import Store
from kindertui.domain.faults import fault_of_file

if TYPE_CHECKING:
    from kindertui.data.writer import Writer


@contextmanager
def on_a_copy(store: Store) -> "Iterator[Writer]":
    """A writer on a copy of what is committed now, under the same key and beside it. Raises DatabaseFault."""
    from kindertui.data.writer import Writer  # brings SQLAlchemy, which few lines load in the database thread alone

    key = store.keys.database
    try:
        with work_folder(store.locations.data) as folder:
            path = folder / store.locations.database.name
            copy_file(store.locations.database, key, path, key)
            writer = Writer(path, key, None)
            try:
                yield writer
            finally:
                writer.close()
    except OSError as error:
        raise fault_of_file(error, str(store.locations.data)) from None
