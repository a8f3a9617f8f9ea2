"""What comes in: receipts to what left, absences and messages as proposed, the rest kept apart with its reason."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from kindertui.data import absences as decisions
from kindertui.data import delivery, journal, long_act, messages, verify
from kindertui.data.act import Actor
from kindertui.data.queries import history
from kindertui.data.queries import portal as portal_queries
from kindertui.data.queries.absences import inbox
from kindertui.data.store import Store
from kindertui.data.undo import ANYTHING, redo, undo
from kindertui.domain.faults import Refused
from kindertui.domain.incoming import KEPT_APART, QUARANTINE_RULES
from kindertui.locations import Locations
from kindertui.phrases.refused import quarantine_words
from kindertui.portal.bundle import receive
from kindertui.portal.bundle.rules import check_record
from kindertui.portal.incoming import incoming
from kindertui.portal.intake import IntakeReport, intake
from kindertui.portal.profile import load
from tests.conftest import People
from tests.killed import kill
from tests.portal.world import ZONE, Portal, at, contents, log, records, rewrite

Line = dict[str, Any]
Make = Callable[..., Line]
FIRST = "0190a1b2-0000-7000-8000-000000000001"
SECOND = "0190a1b2-0000-7000-8000-000000000002"


@pytest.fixture
def absence(store: Store, people: People) -> Make:
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
def message(absence: Make) -> Make:
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


def _known_as(portal: Portal, number: str, **names: str) -> None:
    """Each source knows the child of that name by this number."""

    def put(tx: Any) -> None:
        from kindertui.data import models

        for source, name in names.items():
            tx.add(models.IdMap, source=source, kind="child", external_id=number, record_id=portal.children[name])

    portal.call(put)


def _rules(report: IntakeReport) -> list[str]:
    return [one.rule for one in report.quarantined]


def test_an_absence_lands_as_proposed_and_judged(portal: Portal, absence: Make) -> None:
    report = portal.intake(portal.file(absence()))
    assert (report.absences, report.messages, report.quarantined, report.refused) == (1, 0, (), ())
    (found,) = inbox(portal.reader, ZONE)
    about = (found.child_id, found.kind, found.state, found.channel)
    assert about == (portal.children["Bram"], "sick", "new", "portal")
    assert (found.reported_by, found.text, found.reported_at.isoformat()) == (
        "Lies de Wit", "hoest", "2026-03-05T07:31:00+01:00",
    )  # fmt: skip
    assert (found.deadline is None) == (found.late_by is None)


def test_a_message_lands_unread_in_a_thread_of_the_child(portal: Portal, message: Make) -> None:
    from kindertui.data.queries.messages import threads

    assert portal.intake(portal.file(message())).messages == 1
    (thread,) = threads(portal.reader, ZONE)
    (found,) = thread.messages
    assert (found.state, found.audience_id, found.by) == ("unread", portal.children["Bram"], "Lies de Wit")
    assert found.body == "Oma komt.\nRond vijven."


def test_a_portals_own_code_and_its_own_name_for_a_child(portal: Portal, absence: Make) -> None:
    portal.policy = load("vigilo")
    code = next((rule.code for rule in portal.policy.absences.values() if rule.code), "")
    _known_as(portal, "4711", edexml="Aya")
    line = absence(child_id=None, child_ref="4711")
    assert portal.intake(portal.file(line)).absences == 1
    assert portal.rows("absence")[0][3] == portal.children["Aya"]
    line = absence(id=SECOND, day="2026-04-09", data={"code": code or "no such"})
    del line["data"]["kind"]
    report = portal.intake(portal.file(line))
    assert (report.absences, _rules(report)) == ((1, []) if code else (0, ["unknown_code"]))


def test_the_same_file_three_times_changes_nothing_more(portal: Portal, absence: Make, message: Make) -> None:
    path = portal.file(absence(), message(), absence(id="0190a1b2-0000-7000-8000-000000000009", child_id=FIRST), b"{")
    first = portal.intake(path)
    assert (first.absences, first.messages, _rules(first)) == (1, 1, ["unknown_child", "not_json"])
    tables = ("absence", "message", "intake", "journal", "id_map")
    before = [portal.rows(table) for table in tables]
    for _ in range(3):
        again = portal.intake(path)
        assert (again.absences, again.messages, again.unchanged, again.quarantined) == (0, 0, 4, ())
    assert [portal.rows(table) for table in tables] == before


def test_a_child_who_is_known_by_now_is_taken_from_quarantine(portal: Portal, absence: Make) -> None:
    path = portal.file(absence(child_id=None, child_ref="4711"))
    assert _rules(portal.intake(path)) == ["unknown_child"]
    assert [one.rule for one in portal_queries.quarantine(portal.reader, ZONE)] == ["unknown_child"]
    _known_as(portal, "4711", edexml="Bram")
    assert portal.intake(path).absences == 1
    assert portal_queries.quarantine(portal.reader, ZONE) == ()


def test_two_children_behind_one_number_are_never_guessed(portal: Portal, absence: Make) -> None:
    _known_as(portal, "7", edexml="Aya", **{"social-schools": "Bram"})
    report = portal.intake(portal.file(absence(child_id=None, child_ref="7")))
    assert _rules(report) == ["unknown_child"]
    assert portal.rows("absence") == []


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
    portal: Portal, absence: Make, values: Line, rule: str
) -> None:
    line = absence(**values)
    if line.get("type") == "note":
        line["data"] = {"text": "x"}
    if line["op"] == "delete":
        line.pop("data")
    report = portal.intake(portal.file(absence(id=SECOND, day="2026-04-01"), line))
    assert [(one.line, one.rule) for one in report.quarantined] == [(2, rule)]
    assert (report.absences, len(portal.rows("absence"))) == (1, 1)
    (kept,) = portal_queries.quarantine(portal.reader, ZONE)
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
def test_malformed_lines_and_their_neighbours(portal: Portal, absence: Make, raw: bytes, rule: str) -> None:
    path = portal.file(absence({"last_day": "2026-03-05"}), raw, absence(id=SECOND, day="2026-04-01"))
    report = portal.intake(path)
    assert [(one.line, one.rule) for one in report.quarantined] == [(2, rule)]
    assert report.absences == 2
    assert portal.intake(path).unchanged == 3


def test_messages_that_are_not_from_a_guardian_or_say_nothing(portal: Portal, message: Make) -> None:
    path = portal.file(
        message(data={"direction": "to_guardian"}),
        message(id=FIRST, data={"subject": " ", "text": "\n"}),
        message(id="0190a1b2-0000-7000-8000-000000000003", data={"text": "één\ttab"}),
        message(id="0190a1b2-0000-7000-8000-000000000004", start="2999-03-05T07:40:00+01:00", day="2999-03-05"),
    )
    report = portal.intake(path)
    assert _rules(report) == ["not_from_guardian", "message_empty", "has_control", "message_in_future"]
    assert portal.rows("message") == []


def test_what_the_portal_changes_later_is_shown_and_never_applied(portal: Portal, absence: Make) -> None:
    portal.intake(portal.file(absence()))
    before = portal.rows("absence")
    path = portal.file(
        absence(rev=2, data={"last_day": "2026-03-09"}),
        absence(data={"text": "andere woorden"}),
        {name: value for name, value in absence(rev=3, op="delete").items() if name != "data"},
    )
    report = portal.intake(path)
    assert _rules(report) == ["newer_version", "same_key_other_content", "asks_to_withdraw"]
    assert portal.rows("absence") == before
    assert portal.intake(path).unchanged == 3
    kept = portal_queries.quarantine(portal.reader, ZONE)
    portal.call(delivery.sort_out, kept[0].id)
    assert len(portal_queries.quarantine(portal.reader, ZONE)) == 2
    assert portal.intake(path).unchanged == 3
    with pytest.raises(Refused) as refused:
        portal.call(delivery.sort_out, kept[0].id)
    assert refused.value.rule == "intake_unknown"


def test_half_a_file_is_refused_and_the_others_are_taken(portal: Portal, absence: Make) -> None:
    cut = portal.folder / "cut.jsonl"
    cut.write_bytes(json.dumps(absence()).encode() + b"\n" + b'{"spec": "1"')
    part = portal.file(absence(), name="in.jsonl.part")
    good = portal.file(absence(), name="good.jsonl")
    report = portal.intake(cut, part, portal.folder / "none.jsonl", good)
    assert [(one.file, one.rule) for one in report.refused] == [
        ("cut.jsonl", "file_half_written"), ("in.jsonl.part", "file_half_written"), ("none.jsonl", "file_not_there"),
    ]  # fmt: skip
    assert report.absences == 1


def test_of_a_file_of_rubbish_so_many_lines_are_kept_and_the_rest_counted(portal: Portal, absence: Make) -> None:
    path = portal.file(*(f'{{"{number}'.encode() for number in range(KEPT_APART + 50)), absence())
    report = portal.intake(path)
    assert (report.absences, len(report.quarantined), report.not_kept) == (1, KEPT_APART, 50)
    kept = portal.rows("intake")
    assert len(kept) == KEPT_APART + 1
    again = portal.intake(path)  # the same lines count as kept, or each time more would be
    assert (len(again.quarantined), again.not_kept, portal.rows("intake")) == (0, 50, kept)


def test_a_file_of_too_many_lines_is_refused_whole(portal: Portal, absence: Make) -> None:
    path = portal.file(absence())
    with path.open("ab") as file:
        file.write(b"{\n" * 100_000)
    report = portal.intake(path)
    assert [(one.rule, one.args["limit"]) for one in report.refused] == [("too_many_lines", "100000")]
    assert (portal.rows("absence"), portal.rows("intake")) == ([], [])


def test_a_file_that_grows_while_it_is_read_takes_the_act_with_it(
    portal: Portal, absence: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = portal.file(absence())

    def grow(*args: Any) -> Any:
        with path.open("ab") as file:
            file.write(b"{}\n")
        return incoming(*args)

    monkeypatch.setattr("kindertui.portal.intake.incoming", grow)
    report = portal.intake(path)
    assert [one.rule for one in report.refused] == ["file_changing"]
    assert (portal.rows("absence"), portal.rows("intake")) == ([], [])


def test_a_byte_order_mark_windows_line_ends_and_empty_lines(portal: Portal, absence: Make) -> None:
    path = portal.folder / "in.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(absence()).encode() + b"\r\n\r\n")
    report = portal.intake(path)
    assert (report.absences, report.quarantined) == (1, ())


def test_undo_takes_an_intake_back_and_the_file_can_come_in_again(portal: Portal, absence: Make) -> None:
    path = portal.file(absence())
    portal.intake(path)
    portal.call(undo, confirmed=_asked(portal))
    assert inbox(portal.reader, ZONE) == ()
    assert portal.intake(path).absences == 1
    assert len(inbox(portal.reader, ZONE)) == 1


def _asked(portal: Portal, colleague: Actor | None = None) -> str:
    """The act of a file that taking back asks about; nothing was changed by asking."""
    head = journal.head(portal.reader)
    with pytest.raises(Refused, match="undo_of_file") as refused:
        portal.store.call(undo, colleague or portal.ina, anybody=colleague is not None)
    assert journal.head(portal.reader) == head
    return refused.value.args_["act"]


def test_two_keys_in_one_moment_do_not_take_a_file_back_unasked(portal: Portal, absence: Make) -> None:
    portal.intake(portal.file(absence()))
    portal.log("Aya", "note", "11:00", text="x")
    first, second = (portal.store.submit(undo, portal.ina) for _ in range(2))  # both sent before either was done
    assert first.result().kinds == ("note",)
    with pytest.raises(Refused, match="undo_of_file"):
        second.result()
    assert len(inbox(portal.reader, ZONE)) == 1


def test_a_yes_is_for_the_file_that_was_asked_about_and_no_other_act(portal: Portal, absence: Make) -> None:
    jayne = Actor(portal.people.staff["Jayne"], "Jayne", "test:2")
    portal.intake(portal.file(absence()))
    asked = _asked(portal)
    assert _asked(portal, jayne) == asked
    portal.log("Aya", "note", "11:00", text="x")
    with pytest.raises(Refused, match="undo_other_since"):
        portal.call(undo, confirmed=asked)
    portal.call(undo)
    portal.store.call(undo, jayne, anybody=True, confirmed=asked)  # a colleague was asked as well, and was quicker
    with pytest.raises(Refused, match="nothing_to_undo"):
        portal.call(undo, confirmed=asked)
    assert inbox(portal.reader, ZONE) == ()


def test_a_file_that_was_done_again_is_asked_about_once_more(portal: Portal, absence: Make) -> None:
    portal.intake(portal.file(absence()))
    asked = set()
    for _ in range(3):
        asked.add(_asked(portal))
        portal.call(undo, confirmed=_asked(portal))
        assert inbox(portal.reader, ZONE) == ()
        portal.call(redo)  # brings back: nothing goes away, and nothing is asked
        assert len(inbox(portal.reader, ZONE)) == 1
    assert len(asked) == 3
    assert {row[0] for row in portal.reader.execute("SELECT verb FROM journal")} >= {"undo", "redo", "take_in"}


def test_a_file_of_something_else_is_refused_whole_and_leaves_no_line_to_sort_out(portal: Portal) -> None:
    portal.log("Aya", "note", "11:00", text="x")
    ours = portal.export().path
    renamed = portal.folder / "answer.zip"
    renamed.write_bytes(ours.read_bytes())
    roster = portal.folder / "roster.csv"
    roster.write_text("given_name;surname\nAya;Bakker\n", encoding="utf-8")
    report = portal.intake(renamed, roster)
    assert [one.rule for one in report.refused] == ["left_here", "no_records"]
    assert report.quarantined == () and portal.rows("intake") == []


# In pieces -------------------------------------------------------------------------------------------------------

BOOK = ("absence", "message", "id_map", "intake", "delivery", "unfinished_act", "unfinished_row")


def _standing(portal: Portal) -> dict[str, list[Any]]:
    """What is there for a reader, of all that an intake writes; a record without its revision."""
    found = {}
    for table in BOOK:
        rows = portal.reader.execute(f"SELECT * FROM {table} ORDER BY 1")
        names = [column[0] for column in rows.description]
        each = [dict(zip(names, row, strict=True)) for row in rows]
        record = "deleted" in names
        found[table] = [{**row, "rev": 0 if record else row.get("rev")} for row in each if not row.get("deleted")]
    return found


def test_a_long_file_is_one_act_and_others_write_meanwhile(
    portal: Portal, absence: Make, place: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_act, "WORK", 0)
    monkeypatch.setattr(delivery, "_AHEAD", 3)
    days = [f"2026-03-1{number}" for number in range(8)]
    path = portal.file(*(absence({"last_day": day}, id=f"{FIRST[:-2]}{day[-2:]}", day=day) for day in days))
    with Store(place) as other:
        heard: list[int | str] = []

        def between(done: int, total: int) -> None:
            heard.append(done)
            if len(heard) == 4:
                other.call(log, portal.ina, portal.children["Aya"], "note", at("11:00"), text="x")
                with pytest.raises(Refused) as refused:
                    decide(other, portal)
                heard.append(refused.value.rule)

        def decide(store: Store, portal: Portal) -> None:
            first = inbox(store.reader, ZONE)[0]
            store.call(decisions.decide, portal.ina, first.id, "acknowledge", policy=portal.policy)

        report = intake(portal.store, portal.ina, portal.policy, [path], progress=between)
    assert report.absences == 8
    assert heard.count("being_taken_in") == 1
    told = [one for one in heard if isinstance(one, int)]
    assert told == sorted(told) and len(told) > 8 and told[-1] == 100
    acts = portal.reader.execute("SELECT count(DISTINCT act) FROM journal WHERE verb = 'take_in'").fetchone()[0]
    assert (acts, portal.rows("unfinished_act"), portal.rows("unfinished_row")) == (1, [], [])
    portal.call(undo, confirmed=ANYTHING)
    assert inbox(portal.reader, ZONE) == ()


@pytest.mark.parametrize("pieces", [(1,), (4,), (6,), (6, 0), (6, 1, 2)], ids=str)
def test_a_killed_intake_leaves_all_as_it_was(
    neutral: Portal, absence: Make, message: Make, place: Locations, pieces: tuple[int, ...]
) -> None:
    portal = neutral
    apart = absence(id="0190a1b2-0000-7000-8000-000000000009", child_id=None, child_ref="4711")
    assert _rules(portal.intake(portal.file(apart, name="first.jsonl"))) == ["unknown_child"]
    _known_as(portal, "4711", edexml="Aya")  # by now the line that was kept apart can be taken
    before = _standing(portal)
    later = absence(id=FIRST[:-1] + "7", day="2026-04-09")
    path = portal.file(apart, absence({"last_day": "2026-03-05"}), b"{", message(), later, b"{2", b"{3")
    kill(place, path, portal.ina.staff_id, *pieces)
    assert _standing(portal) != before
    portal.store.warm().result()
    assert _standing(portal) == before
    assert verify.verify(portal.reader).ok
    report = portal.intake(path)
    assert (report.absences, report.messages, _rules(report)) == (3, 1, ["not_json"] * 3)


def test_killed_answers_leave_all_as_it_was(neutral: Portal, sent: Path, place: Locations) -> None:
    answer = receive(sent, neutral.folder / "answers")
    before = _standing(neutral)
    kill(place, answer, neutral.ina.staff_id, 3)
    assert _standing(neutral) != before
    neutral.store.warm().result()
    assert _standing(neutral) == before
    assert neutral.intake(answer).receipts == {"accepted": len(records(sent))}


# Receipts --------------------------------------------------------------------------------------------------------


@pytest.fixture
def sent(neutral: Portal) -> Path:
    for child in ("Aya", "Bram"):
        neutral.log(child, "note", "11:00", text=f"dag {child}")
    neutral.call(
        messages.queue, messages.NewMessage("child", neutral.children["Bram"], "Uitje", "Vrijdag."),
        policy=neutral.policy,
    )  # fmt: skip
    return neutral.export().path


def test_receipts_are_applied_by_key_once(portal: Portal, sent: Path) -> None:
    assert portal_queries.states(portal.reader) == {"unknown": 4}
    answer = receive(sent, portal.folder / "answers")
    before = history.last_undoable(portal.reader, portal.ina.staff_id)
    report = portal.intake(answer)
    assert history.last_undoable(portal.reader, portal.ina.staff_id) == before, "an answer is not taken back"
    assert (report.receipts, report.unchanged, report.quarantined) == ({"accepted": 4}, 0, ())
    assert portal_queries.states(portal.reader) == {"accepted": 4}
    assert portal.reader.execute("SELECT state FROM message").fetchone()[0] == "accepted"
    journal = portal.rows("journal")
    for _ in range(3):
        again = portal.intake(answer)
        assert (again.receipts, again.unchanged) == ({}, 4)
    assert portal.rows("journal") == journal
    duplicates = portal.intake(receive(sent, portal.folder / "answers"))
    assert portal_queries.states(portal.reader) == {"accepted": 4}
    assert duplicates.quarantined == ()


def test_a_refusal_is_kept_with_its_reason(portal: Portal, sent: Path) -> None:
    note = next(one for one in records(sent) if one["type"] == "note")

    def refuse(files: dict[str, bytes]) -> None:
        lines = [json.loads(line) for line in files["records.jsonl"].splitlines()]
        for line in lines:
            if line["data"]["record_id"] == note["id"]:
                line["data"].update(result="refused", reason="unknown child at our side")
        files["records.jsonl"] = b"".join(json.dumps(line).encode() + b"\n" for line in lines)

    answer = rewrite(receive(sent, portal.folder / "answers"), portal.folder / "refused.zip", refuse, honest=True)
    assert portal.intake(answer).receipts == {"accepted": 3, "refused": 1}
    (refused,) = portal_queries.delivered(portal.reader, "refused", ZONE)
    assert (refused.record_id, refused.reason, refused.child_id) == (
        note["id"], "unknown child at our side", note["child_id"],
    )  # fmt: skip


def test_answers_in_any_order_end_the_same(portal: Portal, sent: Path) -> None:
    def later(minute: int, result: str) -> Path:
        def edit(files: dict[str, bytes]) -> None:
            lines = [json.loads(line) for line in files["records.jsonl"].splitlines()]
            for line in lines:
                line["data"]["result"] = result
                line["recorded_at"] = f"2026-03-05T12:{minute:02}:00+01:00"
            files["records.jsonl"] = b"".join(json.dumps(line).encode() + b"\n" for line in lines)

        return rewrite(answer, portal.folder / f"{minute}{result}.zip", edit, honest=True)

    answer = receive(sent, portal.folder / "answers")
    first, second = later(1, "refused"), later(2, "accepted")
    portal.intake(second, first)
    assert portal_queries.states(portal.reader) == {"accepted": 4}
    portal.intake(later(3, "refused"), later(3, "accepted"), first)
    assert portal_queries.states(portal.reader) == {"accepted": 4}


def test_receipts_for_what_never_left_or_left_otherwise(portal: Portal, sent: Path) -> None:
    def edit(files: dict[str, bytes]) -> None:
        lines = [json.loads(line) for line in files["records.jsonl"].splitlines()]
        lines[0]["data"]["record_rev"] = 99
        lines[1]["data"]["digest"] = "0" * 64
        files["records.jsonl"] = b"".join(json.dumps(line).encode() + b"\n" for line in lines)

    answer = rewrite(receive(sent, portal.folder / "answers"), portal.folder / "odd.zip", edit, honest=True)
    report = portal.intake(answer)
    assert _rules(report) == ["receipt_unknown", "receipt_other_content"]
    assert portal_queries.states(portal.reader) == {"accepted": 2, "unknown": 2}


def test_a_tampered_or_foreign_bundle_is_refused_whole(portal: Portal, sent: Path) -> None:
    answer = receive(sent, portal.folder / "answers")
    bad = rewrite(answer, portal.folder / "bad.zip", lambda files: files.__setitem__(
        "records.jsonl", files["records.jsonl"].replace(b"accepted", b"refused!", 1)))  # fmt: skip
    manifest = json.loads(contents(answer)["manifest.json"])
    manifest["location"]["id"] = FIRST
    foreign = rewrite(
        answer,
        portal.folder / "foreign.zip",
        lambda files: files.__setitem__("manifest.json", json.dumps(manifest).encode()),
    )
    report = portal.intake(bad, foreign)
    assert [(one.file, one.rule) for one in report.refused] == [
        ("records.jsonl", "file_changed"), ("foreign.zip", "other_location"),
    ]  # fmt: skip
    assert portal_queries.states(portal.reader) == {"unknown": 4}


def test_what_left_and_has_no_answer_is_sent_again_under_its_key_only(neutral: Portal, sent: Path) -> None:
    before = neutral.rows("delivery")
    again = neutral.export(whole=True)
    keys = {(one["id"], one["rev"]) for one in records(again.path)}
    assert keys == {(one["id"], one["rev"]) for one in records(sent)}
    assert neutral.rows("delivery") == before


def test_each_rule_of_the_quarantine_is_shown_in_words() -> None:
    from kindertui.data import absences

    for rule in QUARANTINE_RULES:
        assert "{" not in quarantine_words(rule, {})
    for rule in ("absence_in_future", "message_in_future"):
        assert rule in absences.RULES | messages.RULES


def test_a_screen_may_do_both_in_another_thread(portal: Portal, absence: Make) -> None:
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(portal.intake, portal.file(absence())).result().absences == 1
        assert pool.submit(portal.export).result().counts["absence"] == 1


def test_the_example_in_the_docs_is_right() -> None:
    text = (Path(__file__).parents[2] / "docs" / "bundle.md").read_text(encoding="utf-8")
    incoming_example = text[text.index("## What comes in") :].split("```json")[1].split("```")[0]
    check_record(json.loads(incoming_example))
