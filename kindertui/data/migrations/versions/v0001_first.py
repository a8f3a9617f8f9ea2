"""The first schema: people, the log, absences, messages, the journal and what left."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE location (
    id VARCHAR NOT NULL,
    rev INTEGER NOT NULL,
    deleted BOOLEAN NOT NULL,
    name VARCHAR NOT NULL,
    timezone VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    profile VARCHAR NOT NULL,
    CONSTRAINT pk_location PRIMARY KEY (id)
)
;
CREATE TABLE care_group (
    id VARCHAR NOT NULL,
    rev INTEGER NOT NULL,
    deleted BOOLEAN NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    age_from INTEGER,
    age_to INTEGER,
    CONSTRAINT pk_care_group PRIMARY KEY (id)
)
;
CREATE TABLE staff (
    id VARCHAR NOT NULL,
    rev INTEGER NOT NULL,
    deleted BOOLEAN NOT NULL,
    name VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    group_id VARCHAR,
    CONSTRAINT pk_staff PRIMARY KEY (id),
    CONSTRAINT fk_staff_group_id FOREIGN KEY(group_id) REFERENCES care_group (id)
)
;
CREATE TABLE child (
    id VARCHAR NOT NULL,
    rev INTEGER NOT NULL,
    deleted BOOLEAN NOT NULL,
    given_name VARCHAR NOT NULL,
    prefix VARCHAR NOT NULL,
    surname VARCHAR NOT NULL,
    birth_date VARCHAR,
    group_id VARCHAR,
    first_day VARCHAR,
    last_day VARCHAR,
    CONSTRAINT pk_child PRIMARY KEY (id),
    CONSTRAINT fk_child_group_id FOREIGN KEY(group_id) REFERENCES care_group (id)
)
;
CREATE INDEX ix_child_group_id ON child (group_id)
;
CREATE TABLE slot (
    id VARCHAR NOT NULL,
    rev INTEGER NOT NULL,
    deleted BOOLEAN NOT NULL,
    child_id VARCHAR NOT NULL,
    weekday INTEGER NOT NULL,
    start VARCHAR NOT NULL,
    "end" VARCHAR NOT NULL,
    CONSTRAINT pk_slot PRIMARY KEY (id),
    CONSTRAINT fk_slot_child_id FOREIGN KEY(child_id) REFERENCES child (id)
)
;
CREATE INDEX ix_slot_child_id ON slot (child_id)
;
CREATE TABLE guardian (
    id VARCHAR NOT NULL,
    rev INTEGER NOT NULL,
    deleted BOOLEAN NOT NULL,
    name VARCHAR NOT NULL,
    phone VARCHAR NOT NULL,
    email VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    CONSTRAINT pk_guardian PRIMARY KEY (id)
)
;
CREATE TABLE guardianship (
    id VARCHAR NOT NULL,
    rev INTEGER NOT NULL,
    deleted BOOLEAN NOT NULL,
    child_id VARCHAR NOT NULL,
    guardian_id VARCHAR NOT NULL,
    relation VARCHAR NOT NULL,
    rank INTEGER NOT NULL,
    may_pick_up BOOLEAN NOT NULL,
    CONSTRAINT pk_guardianship PRIMARY KEY (id),
    CONSTRAINT fk_guardianship_child_id FOREIGN KEY(child_id) REFERENCES child (id),
    CONSTRAINT fk_guardianship_guardian_id FOREIGN KEY(guardian_id) REFERENCES guardian (id)
)
;
CREATE INDEX ix_guardianship_child_id ON guardianship (child_id)
;
CREATE INDEX ix_guardianship_guardian_id ON guardianship (guardian_id)
;
CREATE TABLE restriction (
    id VARCHAR NOT NULL,
    rev INTEGER NOT NULL,
    deleted BOOLEAN NOT NULL,
    child_id VARCHAR NOT NULL,
    guardian_id VARCHAR,
    kind VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    since VARCHAR NOT NULL,
    author VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    lifted_on VARCHAR,
    lifted_by VARCHAR,
    CONSTRAINT pk_restriction PRIMARY KEY (id),
    CONSTRAINT fk_restriction_child_id FOREIGN KEY(child_id) REFERENCES child (id),
    CONSTRAINT fk_restriction_guardian_id FOREIGN KEY(guardian_id) REFERENCES guardian (id)
)
;
CREATE INDEX ix_restriction_child_id ON restriction (child_id)
;
CREATE TABLE care_fact (
    id VARCHAR NOT NULL,
    rev INTEGER NOT NULL,
    deleted BOOLEAN NOT NULL,
    child_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    CONSTRAINT pk_care_fact PRIMARY KEY (id),
    CONSTRAINT fk_care_fact_child_id FOREIGN KEY(child_id) REFERENCES child (id)
)
;
CREATE INDEX ix_care_fact_child_id ON care_fact (child_id)
;
CREATE TABLE consent (
    id VARCHAR NOT NULL,
    rev INTEGER NOT NULL,
    deleted BOOLEAN NOT NULL,
    child_id VARCHAR NOT NULL,
    scope VARCHAR NOT NULL,
    given BOOLEAN NOT NULL,
    since VARCHAR,
    source VARCHAR NOT NULL,
    CONSTRAINT pk_consent PRIMARY KEY (id),
    CONSTRAINT fk_consent_child_id FOREIGN KEY(child_id) REFERENCES child (id)
)
;
CREATE INDEX ix_consent_child_id ON consent (child_id)
;
CREATE TABLE entry (
    id VARCHAR NOT NULL,
    rev INTEGER NOT NULL,
    deleted BOOLEAN NOT NULL,
    child_id VARCHAR NOT NULL,
    group_id VARCHAR,
    day VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER,
    tz VARCHAR NOT NULL,
    amount FLOAT,
    unit VARCHAR,
    detail JSON NOT NULL,
    text VARCHAR NOT NULL,
    share VARCHAR NOT NULL,
    sensitivity VARCHAR NOT NULL,
    by_id VARCHAR NOT NULL,
    recorded_at INTEGER NOT NULL,
    CONSTRAINT pk_entry PRIMARY KEY (id),
    CONSTRAINT fk_entry_child_id FOREIGN KEY(child_id) REFERENCES child (id),
    CONSTRAINT fk_entry_group_id FOREIGN KEY(group_id) REFERENCES care_group (id),
    CONSTRAINT fk_entry_by_id FOREIGN KEY(by_id) REFERENCES staff (id)
)
;
CREATE INDEX ix_entry_child_id_day ON entry (child_id, day)
;
CREATE INDEX ix_entry_day_child_id ON entry (day, child_id)
;
CREATE TABLE absence (
    id VARCHAR NOT NULL,
    rev INTEGER NOT NULL,
    deleted BOOLEAN NOT NULL,
    child_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    first_day VARCHAR NOT NULL,
    last_day VARCHAR,
    start VARCHAR,
    "end" VARCHAR,
    channel VARCHAR NOT NULL,
    reported_at INTEGER NOT NULL,
    reported_by VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    nature VARCHAR NOT NULL,
    decided_by VARCHAR NOT NULL,
    deadline INTEGER,
    late_by INTEGER,
    rule VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    decision_by VARCHAR,
    decision_at INTEGER,
    CONSTRAINT pk_absence PRIMARY KEY (id),
    CONSTRAINT fk_absence_child_id FOREIGN KEY(child_id) REFERENCES child (id),
    CONSTRAINT fk_absence_decision_by FOREIGN KEY(decision_by) REFERENCES staff (id)
)
;
CREATE INDEX ix_absence_child_id_first_day ON absence (child_id, first_day)
;
CREATE INDEX ix_absence_first_day ON absence (first_day)
;
CREATE INDEX ix_absence_last_day ON absence (last_day)
;
CREATE INDEX ix_absence_state ON absence (state)
;
CREATE TABLE message (
    id VARCHAR NOT NULL,
    rev INTEGER NOT NULL,
    deleted BOOLEAN NOT NULL,
    thread_id VARCHAR NOT NULL,
    direction VARCHAR NOT NULL,
    audience VARCHAR NOT NULL,
    audience_id VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    by_id VARCHAR,
    sender VARCHAR NOT NULL,
    at INTEGER NOT NULL,
    language VARCHAR NOT NULL,
    CONSTRAINT pk_message PRIMARY KEY (id),
    CONSTRAINT fk_message_by_id FOREIGN KEY(by_id) REFERENCES staff (id)
)
;
CREATE INDEX ix_message_at ON message (at)
;
CREATE INDEX ix_message_state ON message (state)
;
CREATE INDEX ix_message_thread_id ON message (thread_id)
;
CREATE TABLE message_to (
    id VARCHAR NOT NULL,
    rev INTEGER NOT NULL,
    deleted BOOLEAN NOT NULL,
    message_id VARCHAR NOT NULL,
    guardian_id VARCHAR NOT NULL,
    child_id VARCHAR NOT NULL,
    held_back VARCHAR NOT NULL,
    CONSTRAINT pk_message_to PRIMARY KEY (id),
    CONSTRAINT fk_message_to_message_id FOREIGN KEY(message_id) REFERENCES message (id),
    CONSTRAINT fk_message_to_guardian_id FOREIGN KEY(guardian_id) REFERENCES guardian (id),
    CONSTRAINT fk_message_to_child_id FOREIGN KEY(child_id) REFERENCES child (id)
)
;
CREATE INDEX ix_message_to_message_id ON message_to (message_id)
;
CREATE TABLE id_map (
    id VARCHAR NOT NULL,
    rev INTEGER NOT NULL,
    deleted BOOLEAN NOT NULL,
    source VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    external_id VARCHAR NOT NULL,
    record_id VARCHAR NOT NULL,
    CONSTRAINT pk_id_map PRIMARY KEY (id)
)
;
CREATE INDEX ix_id_map_record_id ON id_map (record_id)
;
CREATE UNIQUE INDEX uq_id_map_source_kind_external_id ON id_map (source, kind, external_id)
;
CREATE TABLE journal (
    seq INTEGER NOT NULL,
    act VARCHAR NOT NULL,
    verb VARCHAR NOT NULL,
    undoes VARCHAR,
    at INTEGER NOT NULL,
    actor_id VARCHAR NOT NULL,
    workstation VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    record_id VARCHAR NOT NULL,
    child_id VARCHAR,
    rev INTEGER NOT NULL,
    old VARCHAR,
    new VARCHAR NOT NULL,
    hash VARCHAR NOT NULL,
    CONSTRAINT pk_journal PRIMARY KEY (seq)
)
;
CREATE INDEX ix_journal_act ON journal (act)
;
CREATE INDEX ix_journal_actor_id_seq ON journal (actor_id, seq)
;
CREATE INDEX ix_journal_child_id_seq ON journal (child_id, seq)
;
CREATE INDEX ix_journal_record_id_seq ON journal (record_id, seq)
;
CREATE INDEX ix_journal_undoes ON journal (undoes)
;
CREATE TABLE draft (
    owner_id VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT pk_draft PRIMARY KEY (owner_id, place)
)
;
CREATE TABLE bundle (
    seq INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    upto INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    records INTEGER NOT NULL,
    whole BOOLEAN NOT NULL,
    CONSTRAINT pk_bundle PRIMARY KEY (seq)
)
;
CREATE TABLE delivery (
    record_id VARCHAR NOT NULL,
    rev INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    content VARCHAR NOT NULL,
    bundle_seq INTEGER NOT NULL,
    state VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    receipt_at INTEGER,
    CONSTRAINT pk_delivery PRIMARY KEY (record_id, rev)
)
;
CREATE INDEX ix_delivery_bundle_seq ON delivery (bundle_seq)
;
CREATE INDEX ix_delivery_state ON delivery (state)
;
CREATE TABLE intake (
    id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    received_at INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    payload VARCHAR NOT NULL,
    CONSTRAINT pk_intake PRIMARY KEY (id)
)
;
CREATE UNIQUE INDEX ix_intake_source_id ON intake (source_id)
"""

# The journal only grows: what was true stays true, whoever holds the file.
TRIGGERS = (
    """CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END""",
    """CREATE TRIGGER journal_is_never_cut BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is never cut'); END""",
)


def upgrade() -> None:
    for statement in TABLES.split(";"):
        op.execute(statement)
    for statement in TRIGGERS:
        op.execute(statement)
