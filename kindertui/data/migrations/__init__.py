"""Schema steps, by Alembic. Imported only when a database is made or a step is due; there is no way down.

Going back is restoring the copy made before the step.
"""

from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection as SqlConnection
from sqlalchemy import text

from kindertui.data.connection import APPLICATION_ID, SCHEMA

HERE = Path(__file__).parent


def head() -> str:
    """The newest revision this program knows; raises RuntimeError when its files are missing from the package."""
    found = ScriptDirectory(str(HERE)).get_current_head()
    if found != f"{SCHEMA:04d}":
        raise RuntimeError(f"schema {SCHEMA} is not in the package")
    return found


def upgrade(connection: SqlConnection) -> None:
    """Brings an open connection to the newest schema inside the transaction the caller began.

    The caller holds BEGIN IMMEDIATE with foreign keys off, and commits or rolls back the whole.
    """
    target = head()
    directory = ScriptDirectory(str(HERE))
    context = MigrationContext.configure(
        connection, opts={"fn": lambda revision, _: directory._upgrade_revs(target, revision)}
    )
    with Operations.context(context):
        context.run_migrations()
    connection.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))
    connection.execute(text(f"PRAGMA user_version = {SCHEMA}"))
