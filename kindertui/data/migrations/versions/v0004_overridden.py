"""What the guard found in a message or in a decision's reason, and somebody sent all the same."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE overridden (
    id VARCHAR NOT NULL,
    rev INTEGER NOT NULL,
    deleted BOOLEAN NOT NULL,
    record_id VARCHAR NOT NULL,
    categories VARCHAR NOT NULL,
    by_id VARCHAR NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT pk_overridden PRIMARY KEY (id),
    CONSTRAINT fk_overridden_by_id FOREIGN KEY(by_id) REFERENCES staff (id)
)
;
CREATE INDEX ix_overridden_record_id ON overridden (record_id)
"""


def upgrade() -> None:
    for statement in TABLES.split(";"):
        op.execute(statement)
