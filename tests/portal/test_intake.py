"""What comes in: receipts to what left, absences and messages as proposed, the rest kept apart with its reason."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from kindertui.data import delivery, journal, messages
from kindertui.data.act import Actor
from kindertui.data.queries import history
from kindertui.data.queries import portal as portal_queries
from kindertui.data.store import Store
from kindertui.domain.faults import Refused
from kindertui.domain.incoming import QUARANTINE_RULES
from kindertui.domain.policy import Policy
from kindertui.phrases.refused import quarantine_words
from kindertui.portal.bundle import export, receive
from kindertui.portal.bundle.rules import judge
from kindertui.portal.incoming import incoming
from kindertui.portal.intake import IntakeReport, intake
from kindertui.portal.profile import load
from tests.conftest import People
from tests.portal.world import ZONE, at, contents, log, records, rewrite

Line = dict[str, Any]
FIRST = "0190a1b2-0000-7000-8000-000000000001"
SECOND = "0190a1b2-0000-7000-8000-000000000002"


@pytest.fixture
def policy() -> Policy:
    return load("bitcare")


@pytest.fixture
def absence(store: Store, people: People) -> Callable[..., Line]:
    """A line about a sick child, with what a test wants changed; None takes a field out."""
    here = store.reader.execute("SELECT id FROM location").fetchone()[0]

    def make(data: Line | None = None, **values: Any) -> Line:
        line: Line = {
            "spec": "1", "id": FIRST, "rev": 1, "op": "upsert", "type": "absence", "location_id": here,
            "child_id": people.children["Bram"], "day": "2026-03-05", "tz": "Europe/Amsterdam", "precision": "day",
            "recorded_at": "2026-03-05T07:31:00+01:00", "share": "guardians", "sensitivity": "none",
            "data": {
                "kind": "sick", "status": "reported", "reported_by": "Lies de Wit", "text": "hoest", **(data or {}),
            },
        }  # fmt: skip
        line.update(values)
        return {name: value for name, value in line.items() if value is not None}

    return make


@pytest.fixture
def message(absence: Callable[..., Line]) -> Callable[..., Line]:
    def make(data: Line | None = None, **values: Any) -> Line:
        line = absence(id=SECOND, type="message", precision=None, start="2026-03-05T07:40:00+01:00", lang="nl")
        line["data"] = {
            "direction": "from_guardian", "sender": "Lies de Wit", "subject": "Ophalen",
            "text": "Oma komt.\nRond vijven.",
            **(data or {}),
        }  # fmt: skip
        line.update(values)
        return line

    return make


def _file(folder: Path, *lines: Line | bytes, name: str = "in.jsonl") -> Path:
    path = folder / name
    raw = [line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode() for line in lines]
    path.write_bytes(b"\n".join(raw) + b"\n")
    return path


def _rows(store: Store, table: str) -> list[tuple[Any, ...]]:
    return store.reader.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()  # type: ignore[no-any-return]


def _rules(report: IntakeReport) -> list[str]:
    return [one.rule for one in report.quarantined]


def test_an_absence_lands_as_proposed_and_judged(
    store: Store, ina: Actor, people: People, policy: Policy, absence: Callable[..., Line], tmp_path: Path
) -> None:
    from kindertui.data.queries.absences import inbox

    report = intake(store, ina, policy, [_file(tmp_path, absence())])
    assert (report.absences, report.messages, report.quarantined, report.refused) == (1, 0, (), ())
    (found,) = inbox(store.reader, ZONE)
    assert (found.child_id, found.kind, found.state, found.channel) == (
        people.children["Bram"],
        "sick",
        "new",
        "portal",
    )
    assert (found.reported_by, found.text, found.reported_at.isoformat()) == (
        "Lies de Wit", "hoest", "2026-03-05T07:31:00+01:00",
    )  # fmt: skip
    assert (found.deadline is None) == (found.late_by is None)


def test_a_message_lands_unread_in_a_thread_of_the_child(
    store: Store, ina: Actor, people: People, policy: Policy, message: Callable[..., Line], tmp_path: Path
) -> None:
    from kindertui.data.queries.messages import threads

    assert intake(store, ina, policy, [_file(tmp_path, message())]).messages == 1
    (thread,) = threads(store.reader, ZONE)
    (found,) = thread.messages
    assert (found.state, found.audience_id, found.by) == ("unread", people.children["Bram"], "Lies de Wit")
    assert found.body == "Oma komt.\nRond vijven."


def test_a_portals_own_code_and_its_own_name_for_a_child(
    store: Store, ina: Actor, people: People, absence: Callable[..., Line], tmp_path: Path
) -> None:
    def map_child(tx: Any) -> None:
        from kindertui.data import models

        tx.add(models.IdMap, source="edexml", kind="child", external_id="4711", record_id=people.children["Aya"])

    policy = load("vigilo")
    code = next((rule.code for rule in policy.absences.values() if rule.code), "")
    store.call(map_child, ina)
    line = absence(child_id=None, child_ref="4711")
    assert intake(store, ina, policy, [_file(tmp_path, line)]).absences == 1
    assert _rows(store, "absence")[0][3] == people.children["Aya"]
    line = absence(id=SECOND, day="2026-04-09", data={"code": code or "no such"})
    del line["data"]["kind"]
    report = intake(store, ina, policy, [_file(tmp_path, line)])
    assert (report.absences, _rules(report)) == ((1, []) if code else (0, ["unknown_code"]))


def test_the_same_file_three_times_changes_nothing_more(
    store: Store, ina: Actor, policy: Policy, absence: Callable[..., Line], message: Callable[..., Line], tmp_path: Path
) -> None:
    path = _file(
        tmp_path, absence(), message(), absence(id="0190a1b2-0000-7000-8000-000000000009", child_id=FIRST), b"{"
    )
    first = intake(store, ina, policy, [path])
    assert (first.absences, first.messages, _rules(first)) == (1, 1, ["unknown_child", "not_json"])
    tables = ("absence", "message", "intake", "journal", "id_map")
    before = [_rows(store, table) for table in tables]
    for _ in range(3):
        again = intake(store, ina, policy, [path])
        assert (again.absences, again.messages, again.unchanged, again.quarantined) == (0, 0, 4, ())
    assert [_rows(store, table) for table in tables] == before


def test_a_child_who_is_known_by_now_is_taken_from_quarantine(
    store: Store, ina: Actor, people: People, policy: Policy, absence: Callable[..., Line], tmp_path: Path
) -> None:
    path = _file(tmp_path, absence(child_id=None, child_ref="4711"))
    assert _rules(intake(store, ina, policy, [path])) == ["unknown_child"]
    assert [one.rule for one in portal_queries.quarantine(store.reader, ZONE)] == ["unknown_child"]

    def map_child(tx: Any) -> None:
        from kindertui.data import models

        tx.add(models.IdMap, source="edexml", kind="child", external_id="4711", record_id=people.children["Bram"])

    store.call(map_child, ina)
    assert intake(store, ina, policy, [path]).absences == 1
    assert portal_queries.quarantine(store.reader, ZONE) == ()


def test_two_children_behind_one_number_are_never_guessed(
    store: Store, ina: Actor, people: People, policy: Policy, absence: Callable[..., Line], tmp_path: Path
) -> None:
    def map_both(tx: Any) -> None:
        from kindertui.data import models

        for source, name in (("edexml", "Aya"), ("social-schools", "Bram")):
            tx.add(models.IdMap, source=source, kind="child", external_id="7", record_id=people.children[name])

    store.call(map_both, ina)
    report = intake(store, ina, policy, [_file(tmp_path, absence(child_id=None, child_ref="7"))])
    assert _rules(report) == ["unknown_child"]
    assert _rows(store, "absence") == []


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"child_id": SECOND}, "unknown_child"),
        ({"data": {"kind": None, "code": "X9"}}, "record_invalid"),
        ({"data": {"kind": "bored"}}, "record_invalid"),
        ({"data": {"last_day": "2026-03-04"}}, "ends_before_start"),
        ({"data": {"kind": "late", "from": "10:00", "to": "09:00"}}, "ends_before_start"),
        ({"data": {"text": "x" * 4001}}, "too_long"),
        ({"data": {"text": "<b>ziek</b>"}}, "has_html"),
        ({"data": {"text": "\u001b[2J"}}, "has_control"),
        ({"data": {"text": "a\u0000b"}}, "has_control"),
        ({"data": {"reported_by": "\u202eLies"}}, "has_control"),
        ({"day": "2026-02-31"}, "record_invalid"),
        ({"location_id": SECOND}, "other_location"),
        ({"type": "note", "start": "2026-03-05T07:31:00+01:00", "data": None}, "type_not_taken"),
        ({"recorded_at": "2999-03-05T07:31:00+01:00"}, "absence_in_future"),
        ({"op": "delete", "data": None}, "asks_to_withdraw"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_kept_apart_with_the_reason(
    store: Store, ina: Actor, policy: Policy, absence: Callable[..., Line], tmp_path: Path, values: Line, rule: str
) -> None:
    line = absence(**values)
    if line.get("type") == "note":
        line["data"] = {"text": "x"}
    if line["op"] == "delete":
        line.pop("data")
    report = intake(store, ina, policy, [_file(tmp_path, absence(id=SECOND, day="2026-04-01"), line)])
    assert [(one.line, one.rule) for one in report.quarantined] == [(2, rule)]
    assert (report.absences, len(_rows(store, "absence"))) == (1, 1)
    (kept,) = portal_queries.quarantine(store.reader, ZONE)
    assert kept.rule == rule
    assert json.loads(kept.text) == line
    assert quarantine_words(kept.rule, kept.args)


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        (b'{"a": NaN}', "number_not_finite"),
        (b'{"a": 1, "a": 1}', "key_twice_in_record"),
        (b"\xff\xfe", "not_utf8"),
        (b'{"a": "\\udc00"}', "has_surrogate"),
        (b"[" * 50_000, "too_deep"),
        (b"x" * 300_000, "line_too_long"),
        (b'"; DROP TABLE child; --', "not_json"),
    ],
)
def test_malformed_lines_and_their_neighbours(
    store: Store, ina: Actor, policy: Policy, absence: Callable[..., Line], tmp_path: Path, raw: bytes, rule: str
) -> None:
    path = _file(tmp_path, absence({"last_day": "2026-03-05"}), raw, absence(id=SECOND, day="2026-04-01"))
    report = intake(store, ina, policy, [path])
    assert [(one.line, one.rule) for one in report.quarantined] == [(2, rule)]
    assert report.absences == 2
    assert intake(store, ina, policy, [path]).unchanged == 3


def test_messages_that_are_not_from_a_guardian_or_say_nothing(
    store: Store, ina: Actor, policy: Policy, message: Callable[..., Line], tmp_path: Path
) -> None:
    path = _file(
        tmp_path,
        message(data={"direction": "to_guardian"}),
        message(id=FIRST, data={"subject": " ", "text": "\n"}),
        message(id="0190a1b2-0000-7000-8000-000000000003", data={"text": "één\ttab"}),
        message(id="0190a1b2-0000-7000-8000-000000000004", start="2999-03-05T07:40:00+01:00", day="2999-03-05"),
    )
    report = intake(store, ina, policy, [path])
    assert _rules(report) == ["not_from_guardian", "message_empty", "has_control", "message_in_future"]
    assert _rows(store, "message") == []


def test_what_the_portal_changes_later_is_shown_and_never_applied(
    store: Store, ina: Actor, policy: Policy, absence: Callable[..., Line], tmp_path: Path
) -> None:
    intake(store, ina, policy, [_file(tmp_path, absence())])
    before = _rows(store, "absence")
    path = _file(
        tmp_path,
        absence(rev=2, data={"last_day": "2026-03-09"}),
        absence(data={"text": "andere woorden"}),
        {name: value for name, value in absence(rev=3, op="delete").items() if name != "data"},
    )
    report = intake(store, ina, policy, [path])
    assert _rules(report) == ["newer_version", "same_key_other_content", "asks_to_withdraw"]
    assert _rows(store, "absence") == before
    assert intake(store, ina, policy, [path]).unchanged == 3
    kept = portal_queries.quarantine(store.reader, ZONE)
    store.call(delivery.sort_out, ina, kept[0].id)
    assert len(portal_queries.quarantine(store.reader, ZONE)) == 2
    assert intake(store, ina, policy, [path]).unchanged == 3
    with pytest.raises(Refused) as refused:
        store.call(delivery.sort_out, ina, kept[0].id)
    assert refused.value.rule == "intake_unknown"


def test_half_a_file_is_refused_and_the_others_are_taken(
    store: Store, ina: Actor, policy: Policy, absence: Callable[..., Line], tmp_path: Path
) -> None:
    cut = tmp_path / "cut.jsonl"
    cut.write_bytes(json.dumps(absence()).encode() + b"\n" + b'{"spec": "1"')
    part = _file(tmp_path, absence(), name="in.jsonl.part")
    good = _file(tmp_path, absence(), name="good.jsonl")
    report = intake(store, ina, policy, [cut, part, tmp_path / "none.jsonl", good])
    assert [(one.file, one.rule) for one in report.refused] == [
        ("cut.jsonl", "file_half_written"), ("in.jsonl.part", "file_half_written"), ("none.jsonl", "file_not_there"),
    ]  # fmt: skip
    assert report.absences == 1


def test_a_file_that_grows_while_it_is_read_takes_the_act_with_it(
    store: Store,
    ina: Actor,
    policy: Policy,
    absence: Callable[..., Line],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = _file(tmp_path, absence())

    def grow(*args: Any) -> Any:
        with path.open("ab") as file:
            file.write(b"{}\n")
        return incoming(*args)

    monkeypatch.setattr("kindertui.portal.intake.incoming", grow)
    report = intake(store, ina, policy, [path])
    assert [one.rule for one in report.refused] == ["file_changing"]
    assert (_rows(store, "absence"), _rows(store, "intake")) == ([], [])


def test_a_byte_order_mark_windows_line_ends_and_empty_lines(
    store: Store, ina: Actor, policy: Policy, absence: Callable[..., Line], tmp_path: Path
) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(absence()).encode() + b"\r\n\r\n")
    report = intake(store, ina, policy, [path])
    assert (report.absences, report.quarantined) == (1, ())


def test_undo_takes_an_intake_back_and_the_file_can_come_in_again(
    store: Store, ina: Actor, policy: Policy, absence: Callable[..., Line], tmp_path: Path
) -> None:
    from kindertui.data.queries.absences import inbox
    from kindertui.data.undo import undo

    path = _file(tmp_path, absence())
    intake(store, ina, policy, [path])
    store.call(undo, ina, confirmed=_asked(store, ina))
    assert inbox(store.reader, ZONE) == ()
    assert intake(store, ina, policy, [path]).absences == 1
    assert len(inbox(store.reader, ZONE)) == 1


def _asked(store: Store, who: Actor, *, anybody: bool = False) -> str:
    """The act of a file that taking back asks about; nothing was changed by asking."""
    from kindertui.data.undo import undo

    head = journal.head(store.reader)
    with pytest.raises(Refused, match="undo_of_file") as refused:
        store.call(undo, who, anybody=anybody)
    assert journal.head(store.reader) == head
    return refused.value.args_["act"]


def test_two_keys_in_one_moment_do_not_take_a_file_back_unasked(
    store: Store, ina: Actor, policy: Policy, people: People, absence: Callable[..., Line], tmp_path: Path
) -> None:
    from kindertui.data.queries.absences import inbox
    from kindertui.data.undo import undo

    intake(store, ina, policy, [_file(tmp_path, absence())])
    store.call(log, ina, people.children["Aya"], "note", at("11:00"), text="x")
    first, second = store.submit(undo, ina), store.submit(undo, ina)  # both sent before either was done
    assert first.result().kinds == ("note",)
    with pytest.raises(Refused, match="undo_of_file"):
        second.result()
    assert len(inbox(store.reader, ZONE)) == 1


def test_a_yes_is_for_the_file_that_was_asked_about_and_no_other_act(
    store: Store, ina: Actor, policy: Policy, people: People, absence: Callable[..., Line], tmp_path: Path
) -> None:
    from kindertui.data.queries.absences import inbox
    from kindertui.data.undo import undo

    jayne = Actor(people.staff["Jayne"], "Jayne", "test:2")
    intake(store, ina, policy, [_file(tmp_path, absence())])
    asked = _asked(store, ina)
    assert _asked(store, jayne, anybody=True) == asked
    store.call(log, ina, people.children["Aya"], "note", at("11:00"), text="x")
    with pytest.raises(Refused, match="undo_other_since"):
        store.call(undo, ina, confirmed=asked)
    store.call(undo, ina)
    store.call(undo, jayne, anybody=True, confirmed=asked)  # a colleague was asked as well, and was quicker
    with pytest.raises(Refused, match="nothing_to_undo"):
        store.call(undo, ina, confirmed=asked)
    assert inbox(store.reader, ZONE) == ()


def test_a_file_that_was_done_again_is_asked_about_once_more(
    store: Store, ina: Actor, policy: Policy, absence: Callable[..., Line], tmp_path: Path
) -> None:
    from kindertui.data.queries.absences import inbox
    from kindertui.data.undo import redo, undo

    intake(store, ina, policy, [_file(tmp_path, absence())])
    asked = set()
    for _ in range(3):
        asked.add(_asked(store, ina))
        store.call(undo, ina, confirmed=_asked(store, ina))
        assert inbox(store.reader, ZONE) == ()
        store.call(redo, ina)  # brings back: nothing goes away, and nothing is asked
        assert len(inbox(store.reader, ZONE)) == 1
    assert len(asked) == 3
    assert {row[0] for row in store.reader.execute("SELECT verb FROM journal")} >= {"undo", "redo", "take_in"}


def test_a_file_of_something_else_is_refused_whole_and_leaves_no_line_to_sort_out(
    store: Store, ina: Actor, policy: Policy, people: People, tmp_path: Path
) -> None:
    store.call(log, ina, people.children["Aya"], "note", at("11:00"), text="x")
    ours = export(store, ina, policy, tmp_path / "out").path
    renamed = tmp_path / "answer.zip"
    renamed.write_bytes(ours.read_bytes())
    roster = tmp_path / "roster.csv"
    roster.write_text("given_name;surname\nAya;Bakker\n", encoding="utf-8")
    report = intake(store, ina, policy, [renamed, roster])
    assert [one.rule for one in report.refused] == ["left_here", "no_records"]
    assert report.quarantined == () and _rows(store, "intake") == []


# Receipts --------------------------------------------------------------------------------------------------------


@pytest.fixture
def sent(store: Store, ina: Actor, people: People, tmp_path: Path) -> Path:
    for child in ("Aya", "Bram"):
        store.call(log, ina, people.children[child], "note", at("11:00"), text=f"dag {child}")
    neutral = load("open")
    store.call(
        messages.queue, ina, messages.NewMessage("child", people.children["Bram"], "Uitje", "Vrijdag."), policy=neutral
    )  # fmt: skip
    return export(store, ina, neutral, tmp_path / "out").path


def test_receipts_are_applied_by_key_once(store: Store, ina: Actor, policy: Policy, sent: Path, tmp_path: Path) -> None:
    assert portal_queries.states(store.reader) == {"unknown": 4}
    answer = receive(sent, tmp_path / "answers")
    before = history.last_undoable(store.reader, ina.staff_id, ZONE)
    report = intake(store, ina, policy, [answer])
    assert history.last_undoable(store.reader, ina.staff_id, ZONE) == before, "an answer is not taken back"
    assert (report.receipts, report.unchanged, report.quarantined) == ({"accepted": 4}, 0, ())
    assert portal_queries.states(store.reader) == {"accepted": 4}
    assert store.reader.execute("SELECT state FROM message").fetchone()[0] == "accepted"
    journal = _rows(store, "journal")
    for _ in range(3):
        again = intake(store, ina, policy, [answer])
        assert (again.receipts, again.unchanged) == ({}, 4)
    assert _rows(store, "journal") == journal
    duplicates = intake(store, ina, policy, [receive(sent, tmp_path / "answers")])
    assert portal_queries.states(store.reader) == {"accepted": 4}
    assert duplicates.quarantined == ()


def test_a_refusal_is_kept_with_its_reason(
    store: Store, ina: Actor, policy: Policy, sent: Path, tmp_path: Path
) -> None:
    note = next(one for one in records(sent) if one["type"] == "note")

    def refuse(files: dict[str, bytes]) -> None:
        lines = [json.loads(line) for line in files["records.jsonl"].splitlines()]
        for line in lines:
            if line["data"]["record_id"] == note["id"]:
                line["data"].update(result="refused", reason="unknown child at our side")
        files["records.jsonl"] = b"".join(json.dumps(line).encode() + b"\n" for line in lines)

    answer = rewrite(receive(sent, tmp_path / "answers"), tmp_path / "refused.zip", refuse, honest=True)
    assert intake(store, ina, policy, [answer]).receipts == {"accepted": 3, "refused": 1}
    (refused,) = portal_queries.delivered(store.reader, "refused", ZONE)
    assert (refused.record_id, refused.reason, refused.child_id) == (
        note["id"], "unknown child at our side", note["child_id"],
    )  # fmt: skip


def test_answers_in_any_order_end_the_same(
    store: Store, ina: Actor, policy: Policy, sent: Path, tmp_path: Path
) -> None:
    def later(minute: int, result: str) -> Path:
        def edit(files: dict[str, bytes]) -> None:
            lines = [json.loads(line) for line in files["records.jsonl"].splitlines()]
            for line in lines:
                line["data"]["result"] = result
                line["recorded_at"] = f"2026-03-05T12:{minute:02}:00+01:00"
            files["records.jsonl"] = b"".join(json.dumps(line).encode() + b"\n" for line in lines)

        return rewrite(answer, tmp_path / f"{minute}{result}.zip", edit, honest=True)

    answer = receive(sent, tmp_path / "answers")
    first, second = later(1, "refused"), later(2, "accepted")
    intake(store, ina, policy, [second, first])
    assert portal_queries.states(store.reader) == {"accepted": 4}
    intake(store, ina, policy, [later(3, "refused"), later(3, "accepted"), first])
    assert portal_queries.states(store.reader) == {"accepted": 4}


def test_receipts_for_what_never_left_or_left_otherwise(
    store: Store, ina: Actor, policy: Policy, sent: Path, tmp_path: Path
) -> None:
    def edit(files: dict[str, bytes]) -> None:
        lines = [json.loads(line) for line in files["records.jsonl"].splitlines()]
        lines[0]["data"]["record_rev"] = 99
        lines[1]["data"]["digest"] = "0" * 64
        files["records.jsonl"] = b"".join(json.dumps(line).encode() + b"\n" for line in lines)

    answer = rewrite(receive(sent, tmp_path / "answers"), tmp_path / "odd.zip", edit, honest=True)
    report = intake(store, ina, policy, [answer])
    assert _rules(report) == ["receipt_unknown", "receipt_other_content"]
    assert portal_queries.states(store.reader) == {"accepted": 2, "unknown": 2}


def test_a_tampered_or_foreign_bundle_is_refused_whole(
    store: Store, ina: Actor, policy: Policy, sent: Path, tmp_path: Path
) -> None:
    answer = receive(sent, tmp_path / "answers")
    bad = rewrite(answer, tmp_path / "bad.zip", lambda files: files.__setitem__(
        "records.jsonl", files["records.jsonl"].replace(b"accepted", b"refused!", 1)))  # fmt: skip
    manifest = json.loads(contents(answer)["manifest.json"])
    manifest["location"]["id"] = FIRST
    foreign = rewrite(
        answer,
        tmp_path / "foreign.zip",
        lambda files: files.__setitem__("manifest.json", json.dumps(manifest).encode()),
    )
    report = intake(store, ina, policy, [bad, foreign])
    assert [(one.file, one.rule) for one in report.refused] == [
        ("records.jsonl", "file_changed"), ("foreign.zip", "other_location"),
    ]  # fmt: skip
    assert portal_queries.states(store.reader) == {"unknown": 4}


def test_what_left_and_has_no_answer_is_sent_again_under_its_key_only(
    store: Store, ina: Actor, sent: Path, tmp_path: Path
) -> None:
    before = _rows(store, "delivery")
    again = export(store, ina, load("open"), tmp_path / "out", whole=True)
    keys = {(one["id"], one["rev"]) for one in records(again.path)}
    assert keys == {(one["id"], one["rev"]) for one in records(sent)}
    assert _rows(store, "delivery") == before


def test_each_rule_of_the_quarantine_is_shown_in_words() -> None:
    from kindertui.data import absences

    for rule in QUARANTINE_RULES:
        assert "{" not in quarantine_words(rule, {})
    for rule in ("absence_in_future", "message_in_future"):
        assert rule in absences.RULES | messages.RULES


def test_a_screen_may_do_both_in_another_thread(
    store: Store, ina: Actor, policy: Policy, absence: Callable[..., Line], tmp_path: Path
) -> None:
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(intake, store, ina, policy, [_file(tmp_path, absence())]).result().absences == 1
        assert pool.submit(export, store, ina, policy, tmp_path / "out").result().counts["absence"] == 1


def test_the_example_in_the_docs_is_right() -> None:
    text = (Path(__file__).parents[2] / "docs" / "bundle.md").read_text(encoding="utf-8")
    incoming_example = text[text.index("## What comes in") :].split("```json")[1].split("```")[0]
    assert judge(json.loads(incoming_example)) is None
