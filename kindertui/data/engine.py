"""SQLAlchemy over the one connection function: for writing, for making the schema and for bringing it up."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection as SqlConnection
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from kindertui.data.connection import Connection, connect


def engine(path: Path, key: str, *, create: bool = False, older: bool = False) -> Engine:
    """An SQLAlchemy engine over the one connection function; every transaction begins IMMEDIATE."""
    result = create_engine(
        "sqlite://",
        creator=lambda: connect(path, key, create=create, older=older),
        module=dbapi2,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
    )

    def begin(connection: SqlConnection) -> None:
        db = raw(connection)
        if not db.in_transaction:  # an act has begun before the mapper is asked for
            db.execute("BEGIN IMMEDIATE")

    event.listen(result, "begin", begin)
    return result


@contextmanager
def schema_step(path: Path, key: str, *, create: bool = False) -> Iterator[SqlConnection]:
    """One transaction with foreign keys off, in which the schema is made (`create`) or brought up."""
    maker = engine(path, key, create=create, older=not create)
    try:
        with maker.connect() as connection:
            # before BEGIN: inside a transaction this pragma does nothing, silently
            raw(connection).execute("PRAGMA foreign_keys = OFF")
            with connection.begin():
                yield connection
    finally:
        maker.dispose()


def raw(connection: SqlConnection) -> Connection:
    """The driver's own connection under the mapper's."""
    return connection.connection.driver_connection
