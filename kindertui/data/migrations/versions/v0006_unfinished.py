"""An act that is written in pieces is known until its last one, so that what a killed program left is taken back."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE unfinished_act (
    act VARCHAR NOT NULL,
    actor_id VARCHAR NOT NULL,
    workstation VARCHAR NOT NULL,
    pieces INTEGER NOT NULL,
    back_act VARCHAR NOT NULL,
    back_to INTEGER,
    CONSTRAINT pk_unfinished_act PRIMARY KEY (act)
)
;
CREATE TABLE unfinished_row (
    seq INTEGER NOT NULL,
    act VARCHAR NOT NULL,
    book VARCHAR NOT NULL,
    "key" VARCHAR NOT NULL,
    old VARCHAR,
    CONSTRAINT pk_unfinished_row PRIMARY KEY (seq)
)
"""


def upgrade() -> None:
    for statement in TABLES.split(";"):
        op.execute(statement)
