"""The delivery book: which bundle holds what, what became of it, and what came in and was taken or kept apart.

The three tables written here are about records and are none: they leave no journal rows. Absences, messages and their
states are records and are journaled as always.
"""

import json
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from kindertui.data import absences, id_map, long_act, messages, models
from kindertui.data.act import Actor, Tx
from kindertui.data.connection import Connection
from kindertui.data.long_act import keep_row
from kindertui.data.queries.delivery import Choice
from kindertui.data.queries.outgoing import BundleLines, Leaving, audiences
from kindertui.data.store import Store
from kindertui.domain.entry import AbsenceReport
from kindertui.domain.faults import Refused
from kindertui.domain.ids import by_nature
from kindertui.domain.incoming import (
    KEPT_APART,
    Aside,
    Incoming,
    IncomingAbsence,
    IncomingMessage,
    IncomingReceipt,
    Taken,
)
from kindertui.domain.policy import Policy

_AHEAD = 500  # lines of a file that are read before a piece of the act: more than it takes
_KEPT = 12_000  # characters of a quarantined line that are kept
_STATE = {"accepted": "accepted", "duplicate": "accepted", "refused": "refused", "superseded": "superseded"}
# of two answers given in the same second the better one holds, whichever is read first
_ORDER = {"superseded": 0, "refused": 1, "accepted": 2}


class MovedOn(Exception):
    """Something the bundle depends on changed while it was being written: write it again."""


@dataclass(frozen=True, slots=True)
class NewBundle:
    """A bundle that is written and waits to be booked. `keys` are (record id, rev, kind, SHA-256 of the line)."""

    seq: int
    upto: int
    name: str
    digest: str
    records: int
    whole: bool
    keys: Iterable[tuple[str, int, str, str]]
    messages: tuple[Leaving, ...]
    audience: dict[str, tuple[str, ...]]


def book_bundle(tx: Tx, bundle: NewBundle, choice: Choice, policy: Policy, finish: Callable[[], None]) -> None:
    """Writes down that a bundle leaves; `finish` gives the file its final name, last, inside the transaction.

    Its messages are left, or refused when nobody may get them any more. Raises MovedOn when another bundle was booked
    meanwhile, or a message or an audience in it changed: nothing is written then.
    """
    if bundle.seq != next_seq(tx.connection) or bundle.audience != audiences(tx.connection):
        raise MovedOn
    now = {one.id: one for one in BundleLines(tx.connection, choice, {}).messages(policy).messages}
    if any(now.get(one.id) != one for one in bundle.messages):
        raise MovedOn
    for leaving in bundle.messages:
        record = tx.get(models.Message, leaving.id)
        if record is None:
            raise MovedOn
        tx.change(record, state="left" if leaving.to else "refused")
        recipients = "SELECT id, guardian_id FROM message_to WHERE message_id = ? AND NOT deleted"
        for id, guardian in tx.connection.execute(recipients, (leaving.id,)).fetchall():
            to = tx.get(models.MessageTo, id)
            if to is not None and guardian in leaving.held and not to.held_back:
                tx.change(to, held_back=leaving.held[guardian])
    tx.connection.execute(
        "INSERT INTO bundle (seq, created_at, upto, name, digest, records, whole) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (bundle.seq, tx.at, bundle.upto, bundle.name, bundle.digest, bundle.records, bundle.whole),
    )
    # the same key exported again keeps its row and whatever a receipt said of it
    tx.connection.executemany(
        "INSERT INTO delivery (record_id, rev, kind, content, bundle_seq, state, reason)"
        " VALUES (?, ?, ?, ?, ?, 'unknown', '') ON CONFLICT DO NOTHING",
        ((id, rev, kind, digest, bundle.seq) for id, rev, kind, digest in bundle.keys),
    )
    finish()


def next_seq(db: Connection) -> int:
    """The number of the next bundle, from 1."""
    return int(db.execute("SELECT coalesce(max(seq), 0) + 1 FROM bundle").fetchone()[0])


def take_in(
    store: Store,
    actor: Actor,
    lines: Iterator[Incoming],
    policy: Policy,
    *,
    receipts: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Taken:
    """Takes in what came from a portal: absences and messages as proposed, receipts by key, the rest kept apart.

    One long act; each line is judged by what is there when it is written, and `lines` are read between its pieces.
    `progress` hears how many were taken so far. A line that came in before changes nothing; one that was kept apart is
    tried again, because the child may be known by now. Nothing is raised for what stands in a line: Refused is, when
    another long act is being written, and whatever `lines` raises. An act of `receipts` cannot be taken back: what the
    portal has, it has.
    """
    taking = _Taking(lines, policy, progress)
    taking.read_on()
    long_act.write(store, actor, "take_receipts" if receipts else "take_in", taking.step, between=taking.read_on)
    return taking.taken()


def sort_out(tx: Tx, intake_id: str) -> None:
    """Somebody has dealt with a line that was kept apart; raises Refused `intake_unknown`."""
    done = tx.connection.execute(
        "UPDATE intake SET state = 'sorted' WHERE id = ? AND state = 'quarantined'", (intake_id,)
    )
    if not done.rowcount:
        raise Refused("intake_unknown")


class _Apart(Refused):
    """Raised for a line that is kept apart for a reason that only a line from outside has."""


class _Taking:
    """The lines of a file on their way in, `step` by step."""

    tx: Tx

    def __init__(self, lines: Iterator[Incoming], policy: Policy, progress: Callable[[int], None] | None) -> None:
        self.lines, self.policy, self.progress = lines, policy, progress
        self.ahead: deque[Incoming] = deque()  # lines that were read and are not taken yet
        self.count, self.more = 0, True
        self.done: Counter[str] = Counter()
        self.receipts: Counter[str] = Counter()
        self.aside: list[Aside] = []
        self.apart = 0  # lines that were not taken, those that had been kept apart before too

    def read_on(self) -> None:
        """Reads what the next piece will take: more than fits into one."""
        wanted = _AHEAD - len(self.ahead)
        read = list(islice(self.lines, wanted))
        self.ahead.extend(read)
        self.more = len(read) == wanted
        if self.progress is not None:
            self.progress(self.count)

    def step(self, tx: Tx) -> bool | None:
        """Takes one line; False when none is left, None when the next ones have to be read first."""
        self.tx = tx
        if self.ahead:
            self._take(self.ahead.popleft())
            self.count += 1
        if self.ahead:
            return True
        return None if self.more else False

    def taken(self) -> Taken:
        return Taken(
            absences=self.done["absence"],
            messages=self.done["message"],
            receipts=dict(self.receipts),
            unchanged=self.done["unchanged"],
            quarantined=tuple(self.aside),
            not_kept=max(self.apart - KEPT_APART, 0),
        )

    def _take(self, line: Incoming) -> None:
        try:
            if line.rule:
                self._keep_apart(line, line.rule, line.args)
            elif isinstance(line.body, IncomingReceipt):
                self._receipt(line.body)
            else:
                self._proposed(line)
        except Refused as refused:
            self._keep_apart(line, refused.rule, refused.args_)

    def _proposed(self, line: Incoming) -> None:
        stands = id_map.find(self.tx.connection, id_map.PORTAL, line.kind, line.key)
        if stands is not None:
            self._came_before(line)
            return
        if line.gone:
            raise _Apart("asks_to_withdraw")
        assert isinstance(line.body, IncomingAbsence | IncomingMessage)
        child_id = self._child(line.body.child)
        if child_id is None:
            raise _Apart("unknown_child")
        if isinstance(line.body, IncomingAbsence):
            self._absence(line.key, child_id, line.body)
        else:
            messages.incoming(self.tx, child_id, line.body, source_id=line.key)
        self.done[line.kind] += 1
        self._write(line.key, line, "taken", "", {}, "")

    def _came_before(self, line: Incoming) -> None:
        row = self._row(line.key)
        known = row[1] if row is not None and row[0] == "taken" else {}
        if known.get("digest") == line.digest:
            self.done["unchanged"] += 1
        elif line.gone:
            raise _Apart("asks_to_withdraw")
        else:
            raise _Apart("newer_version" if line.rev > int(known.get("rev", 0)) else "same_key_other_content")

    def _absence(self, key: str, child_id: str, body: IncomingAbsence) -> None:
        told = AbsenceReport(
            (child_id,), body.kind, body.first_day, body.last_day, body.start, body.end, body.text, "portal"
        )
        absences.report(
            self.tx, told, policy=self.policy, reported_at=body.reported_at, reported_by=body.reported_by, source_id=key
        )

    def _receipt(self, receipt: IncomingReceipt) -> None:
        row = self.tx.connection.execute(
            "SELECT content, state, receipt_at, kind FROM delivery WHERE record_id = ? AND rev = ?",
            (receipt.record_id, receipt.rev),
        ).fetchone()
        if row is None:
            raise _Apart("receipt_unknown")
        content, state, receipt_at, kind = row
        if content != receipt.digest:
            raise _Apart("receipt_other_content")
        new, at = _STATE[receipt.result], int(receipt.at.timestamp())
        if (at, _ORDER[new]) <= (receipt_at or 0, _ORDER.get(state, -1)):
            self.done["unchanged"] += 1
            return
        keep_row(self.tx, "delivery", receipt.record_id, receipt.rev)
        self.tx.connection.execute(
            "UPDATE delivery SET state = ?, reason = ?, receipt_at = ? WHERE record_id = ? AND rev = ?",
            (new, receipt.reason, at, receipt.record_id, receipt.rev),
        )
        if kind == "message" and new in ("accepted", "refused"):
            self._message_answered(receipt.record_id, new)
        self.receipts[new] += 1

    def _message_answered(self, message_id: str, state: str) -> None:
        record = self.tx.get(models.Message, message_id)
        if record is not None and record.state in ("left", "accepted", "refused"):
            self.tx.change(record, state=state)

    def _child(self, named: str) -> str | None:
        """Our child by our id, else by what some system calls it, if that is one child only: never guessed."""
        rows = self.tx.connection.execute(
            "SELECT id FROM child WHERE id = ? AND NOT deleted"
            " UNION SELECT c.id FROM id_map m JOIN child c ON c.id = m.record_id"
            " WHERE m.kind = 'child' AND m.external_id = ? AND NOT m.deleted AND NOT c.deleted",
            (named, named),
        ).fetchall()
        return rows[0][0] if len(rows) == 1 else None

    def _keep_apart(self, line: Incoming, rule: str, args: Any) -> None:
        self.apart += 1
        if self.apart > KEPT_APART:  # a file of rubbish is no work for anybody: it is told in one number
            return
        key, row = line.key, self._row(line.key)
        if row is not None and row[1].get("digest") != line.digest:
            key = f"{line.key}#{line.digest[:16]}"  # the same key with another content is kept beside the first
            row = self._row(key)
        if row is not None and row[0] != "taken":
            self.done["unchanged"] += 1
            return
        self.aside.append(Aside(line.file, line.line, rule, dict(args)))
        self._write(key, line, "quarantined", rule, dict(args), line.text)

    def _row(self, key: str) -> tuple[str, dict[str, Any]] | None:
        row = self.tx.connection.execute("SELECT state, payload FROM intake WHERE source_id = ?", (key,)).fetchone()
        return None if row is None else (row[0], json.loads(row[1]))

    def _write(self, key: str, line: Incoming, state: str, rule: str, args: dict[str, str], text: str) -> None:
        keep_row(self.tx, "intake", key)
        payload = {"digest": line.digest, "rev": line.rev, "args": args, "text": text[:_KEPT]}
        self.tx.connection.execute(
            "INSERT INTO intake (id, source_id, received_at, kind, state, rule, payload) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (source_id) DO UPDATE SET state = excluded.state, rule = excluded.rule,"
            " payload = excluded.payload",
            (
                by_nature(self.tx.location_id, "intake", key),
                key,
                self.tx.at,
                line.kind,
                state,
                rule,
                json.dumps(payload),
            ),
        )
