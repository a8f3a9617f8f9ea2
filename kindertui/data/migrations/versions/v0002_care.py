"""Short words, menus, medicine agreements, people who fetch, head counts, calls, and what writing a day down took."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE expansion (
    id VARCHAR NOT NULL,
    rev INTEGER NOT NULL,
    deleted BOOLEAN NOT NULL,
    word VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    CONSTRAINT pk_expansion PRIMARY KEY (id)
)
;
CREATE TABLE menu (
    id VARCHAR NOT NULL,
    rev INTEGER NOT NULL,
    deleted BOOLEAN NOT NULL,
    day VARCHAR NOT NULL,
    group_id VARCHAR,
    meal VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    CONSTRAINT pk_menu PRIMARY KEY (id),
    CONSTRAINT fk_menu_group_id FOREIGN KEY(group_id) REFERENCES care_group (id)
)
;
CREATE INDEX ix_menu_day ON menu (day)
;
CREATE TABLE agreement (
    id VARCHAR NOT NULL,
    rev INTEGER NOT NULL,
    deleted BOOLEAN NOT NULL,
    child_id VARCHAR NOT NULL,
    medicine VARCHAR NOT NULL,
    dose VARCHAR NOT NULL,
    first_day VARCHAR NOT NULL,
    last_day VARCHAR,
    apart INTEGER,
    agreed_by VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    CONSTRAINT pk_agreement PRIMARY KEY (id),
    CONSTRAINT fk_agreement_child_id FOREIGN KEY(child_id) REFERENCES child (id)
)
;
CREATE INDEX ix_agreement_child_id ON agreement (child_id)
;
CREATE TABLE pick_up (
    id VARCHAR NOT NULL,
    rev INTEGER NOT NULL,
    deleted BOOLEAN NOT NULL,
    child_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    relation VARCHAR NOT NULL,
    phone VARCHAR NOT NULL,
    first_day VARCHAR,
    last_day VARCHAR,
    source VARCHAR NOT NULL,
    CONSTRAINT pk_pick_up PRIMARY KEY (id),
    CONSTRAINT fk_pick_up_child_id FOREIGN KEY(child_id) REFERENCES child (id)
)
;
CREATE INDEX ix_pick_up_child_id ON pick_up (child_id)
;
CREATE TABLE head_count (
    id VARCHAR NOT NULL,
    rev INTEGER NOT NULL,
    deleted BOOLEAN NOT NULL,
    day VARCHAR NOT NULL,
    group_id VARCHAR,
    reason VARCHAR NOT NULL,
    expected JSON NOT NULL,
    first JSON NOT NULL,
    second JSON NOT NULL,
    first_at INTEGER NOT NULL,
    second_at INTEGER NOT NULL,
    by_id VARCHAR NOT NULL,
    CONSTRAINT pk_head_count PRIMARY KEY (id),
    CONSTRAINT fk_head_count_group_id FOREIGN KEY(group_id) REFERENCES care_group (id),
    CONSTRAINT fk_head_count_by_id FOREIGN KEY(by_id) REFERENCES staff (id)
)
;
CREATE INDEX ix_head_count_day ON head_count (day)
;
CREATE TABLE call (
    id VARCHAR NOT NULL,
    rev INTEGER NOT NULL,
    deleted BOOLEAN NOT NULL,
    child_id VARCHAR NOT NULL,
    guardian_id VARCHAR NOT NULL,
    day VARCHAR NOT NULL,
    at INTEGER NOT NULL,
    outcome VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    by_id VARCHAR NOT NULL,
    CONSTRAINT pk_call PRIMARY KEY (id),
    CONSTRAINT fk_call_child_id FOREIGN KEY(child_id) REFERENCES child (id),
    CONSTRAINT fk_call_guardian_id FOREIGN KEY(guardian_id) REFERENCES guardian (id),
    CONSTRAINT fk_call_by_id FOREIGN KEY(by_id) REFERENCES staff (id)
)
;
CREATE INDEX ix_call_child_id_day ON call (child_id, day)
;
CREATE TABLE effort (
    day VARCHAR NOT NULL,
    keys INTEGER NOT NULL,
    seconds INTEGER NOT NULL,
    CONSTRAINT pk_effort PRIMARY KEY (day)
)
"""


def upgrade() -> None:
    for statement in TABLES.split(";"):
        op.execute(statement)
