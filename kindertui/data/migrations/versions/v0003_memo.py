"""Memos of a child or a group, in sight until a day."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE memo (
    id VARCHAR NOT NULL,
    rev INTEGER NOT NULL,
    deleted BOOLEAN NOT NULL,
    child_id VARCHAR,
    group_id VARCHAR,
    first_day VARCHAR NOT NULL,
    until VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    by_id VARCHAR NOT NULL,
    CONSTRAINT pk_memo PRIMARY KEY (id),
    CONSTRAINT fk_memo_child_id FOREIGN KEY(child_id) REFERENCES child (id),
    CONSTRAINT fk_memo_group_id FOREIGN KEY(group_id) REFERENCES care_group (id),
    CONSTRAINT fk_memo_by_id FOREIGN KEY(by_id) REFERENCES staff (id)
)
;
CREATE INDEX ix_memo_until ON memo (until)
"""


def upgrade() -> None:
    for statement in TABLES.split(";"):
        op.execute(statement)
