"""A bundle checked as a stranger would, and answered as a receiver would."""

import json
import stat
import zipfile
from pathlib import Path
from typing import Any, get_args

import pytest

from kindertui.domain.delivery import HOLD_BACKS, DeliveryState
from kindertui.domain.incoming import QUARANTINE_RULES
from kindertui.phrases import portal as phrases
from kindertui.portal.bundle import BundleRefused, check, format, receive
from kindertui.portal.bundle.rules import check_record
from kindertui.portal.bundle.strict import NotTaken, read_object
from tests.conftest import People
from tests.portal.world import Portal, change, contents, records, rewrite

ID = "0190a1b2-0000-7000-8000-000000000001"


@pytest.fixture
def bundle(portal: Portal) -> Path:
    for child in ("Aya", "Bram", "Emma"):
        portal.log(child, "bottle", "11:30", amount=150.0, unit="ml")
    return portal.export().path


def _edit_records(files: dict[str, bytes], number: int, **values: Any) -> None:
    lines = files["records.jsonl"].splitlines()
    record = json.loads(lines[number])
    record.update(values)
    lines[number] = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
    files["records.jsonl"] = b"\n".join(lines) + b"\n"


def test_a_changed_record_is_found_with_its_file(bundle: Path, tmp_path: Path) -> None:
    bad = rewrite(bundle, tmp_path / "bad.zip", lambda files: _edit_records(files, 0, day="2026-03-04"))
    report = check(bad)
    assert not report.ok
    assert ("records.jsonl", None, "file_changed") in [(one.file, one.line, one.rule) for one in report.problems]


def test_a_changed_page_a_missing_and_an_added_file(bundle: Path, tmp_path: Path) -> None:
    page = next(name for name in contents(bundle) if name.startswith("readable/") and name.endswith(".html"))

    def edit(files: dict[str, bytes]) -> None:
        files[page] += b"<!-- -->"
        del files["readable/day.csv"]
        files["readable/extra.html"] = b"x"

    found = {(one.file, one.rule) for one in check(rewrite(bundle, tmp_path / "bad.zip", edit)).problems}
    assert found == {
        (page, "file_changed"),
        ("readable/day.csv", "file_missing"),
        ("readable/extra.html", "file_not_listed"),
    }


def test_a_schema_of_its_own_explains_nothing_away(bundle: Path, tmp_path: Path) -> None:
    def edit(files: dict[str, bytes]) -> None:
        files["schema/record.schema.json"] = b"{}\n"

    found = [one.rule for one in check(rewrite(bundle, tmp_path / "bad.zip", edit, honest=True)).problems]
    assert found == ["schema_changed"]


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"rev": 0}, "record_invalid"),
        ({"id": "Aya Bakker"}, "record_invalid"),
        ({"start": "2026-03-05T25:30:00+01:00"}, "record_invalid"),
        ({"start": "2026-02-31T11:30:00+01:00"}, "record_invalid"),
        ({"start": "2026-03-05T11:30:00"}, "record_invalid"),
        ({"recorded_at": "2026-13-01T11:30:00+01:00"}, "record_invalid"),
        ({"extra": 1}, "record_invalid"),
        ({"data": {"kind": "bottle", "taken_ml": -1}}, "record_invalid"),
        ({"data": {"kind": "beer"}}, "record_invalid"),
        ({"child_id": None}, "record_invalid"),
        ({"op": "delete"}, "record_invalid"),
        ({"end": "2026-03-05T11:00:00+01:00"}, "ends_before_start"),
        ({"day": "2026-03-06"}, "day_not_of_start"),
        ({"start": "2026-03-05T11:30:00+02:00"}, "day_not_of_start"),
        ({"tz": "Europe/Atlantis"}, "zone_unknown"),
        ({"tz": "../../etc/passwd"}, "record_invalid"),
        ({"data": {"kind": "bottle", "remark": "<img src=x onerror=alert(1)>"}}, "has_html"),
        ({"data": {"kind": "bottle", "remark": "\u001b]52;c;x\u0007"}}, "has_control"),
        ({"data": {"kind": "bottle", "remark": "two\nlines"}}, "has_control"),
        ({"data": {"kind": "bottle", "remark": "\u202eevil"}}, "has_control"),
        ({"data": {"kind": "bottle", "remark": "x" * 4001}}, "too_long"),
        ({"share": "staff_only"}, "may_not_leave"),
        ({"sensitivity": "health"}, "may_not_leave"),
        ({"location_id": ID}, "other_location"),
        ({"id": ID, "type": "receipt", "data": {"record_id": ID, "record_rev": 1, "digest": "0" * 64,
          "result": "accepted"}, "start": None}, "record_invalid"),
    ],
)  # fmt: skip
def test_a_record_that_is_not_right(bundle: Path, tmp_path: Path, values: dict[str, Any], rule: str) -> None:
    number = next(index for index, one in enumerate(records(bundle)) if one["type"] == "drink")
    edit = lambda files: _edit_records(files, number, **values)  # noqa: E731
    report = check(rewrite(bundle, tmp_path / "bad.zip", edit, honest=True))
    assert [(one.line, one.rule) for one in report.problems] == [(number + 1, rule)]


def judge(record: dict[str, Any]) -> tuple[str, Any] | None:
    """The first rule that a record breaks, with its arguments."""
    try:
        check_record(record)
    except NotTaken as problem:
        return problem.rule, problem.args_
    return None


def test_a_sleep_that_was_not_ends_as_it_starts(bundle: Path) -> None:
    bottle = next(one for one in records(bundle) if one["type"] == "drink")
    record = {**bottle, "type": "sleep", "data": {"state": "none", "remark": None}}
    start = record["start"]
    assert judge({**record, "end": start}) is None
    for end in ({}, {"end": None}, {"end": start.replace("11:30", "11:31")}):
        assert judge({**{name: one for name, one in record.items() if name != "end"}, **end}) == (
            "record_invalid", {"where": "end"},
        )  # fmt: skip
    ended = {**record, "end": start.replace("11:30", "11:31"), "data": {"state": "ended"}}
    assert judge(ended) is None and judge({**ended, "data": {"state": "no"}}) is not None


def test_the_same_key_twice(bundle: Path, tmp_path: Path) -> None:
    def edit(files: dict[str, bytes]) -> None:
        files["records.jsonl"] += files["records.jsonl"].splitlines(keepends=True)[0]

    report = check(rewrite(bundle, tmp_path / "bad.zip", edit, honest=True))
    assert [one.rule for one in report.problems] == ["key_twice"]


def test_a_record_about_a_child_nobody_may_be_told_about(bundle: Path, people: People, tmp_path: Path) -> None:
    def edit(files: dict[str, bytes]) -> None:
        manifest = json.loads(files["manifest.json"])
        manifest["audience"][people.children["Aya"]] = []
        files["manifest.json"] = json.dumps(manifest).encode()

    report = check(rewrite(bundle, tmp_path / "bad.zip", edit))
    assert {one.rule for one in report.problems} == {"nobody_in_audience"}


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("../evil.html", "zip_bad_name"),
        ("/etc/passwd", "zip_bad_name"),
        ("a/../b.html", "zip_bad_name"),
        ("a\\b.html", "zip_bad_name"),
        ("readable/na me.html", "zip_bad_name"),
        ("readable/..", "zip_bad_name"),
    ],
)
def test_names_that_do_not_belong_in_a_bundle(bundle: Path, tmp_path: Path, name: str, rule: str) -> None:
    bad = rewrite(bundle, tmp_path / "bad.zip", lambda files: files.__setitem__(name, b"x"))
    assert [one.rule for one in check(bad).problems] == [rule]
    assert not (tmp_path / "evil.html").exists()


def test_a_bomb_a_link_a_locked_file_and_two_of_a_name(bundle: Path, tmp_path: Path) -> None:
    bomb = rewrite(bundle, tmp_path / "bomb.zip", lambda files: files.__setitem__("readable/a.html", b"\0" * 4_000_000))
    link = tmp_path / "link.zip"
    rewrite(bundle, link, lambda files: None)
    with zipfile.ZipFile(link, "a") as archive:
        info = zipfile.ZipInfo("readable/link.html")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    twice = tmp_path / "twice.zip"
    rewrite(bundle, twice, lambda files: None)
    with zipfile.ZipFile(twice, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("readable/day.csv", "x")
    locked = tmp_path / "locked.zip"
    raw = bytearray(bundle.read_bytes())
    raw[raw.rindex(b"PK\x01\x02") + 8] |= 1
    locked.write_bytes(raw)
    assert [[one.rule for one in check(path).problems] for path in (bomb, link, twice, locked)] == [
        ["zip_bomb"], ["zip_link"], ["zip_name_twice"], ["zip_locked"],
    ]  # fmt: skip


def test_too_much_in_it(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(format, "BYTES", 100)
    assert [one.rule for one in check(bundle).problems] == ["zip_too_big"]
    monkeypatch.setattr(format, "FILES", 2)
    assert [one.rule for one in check(bundle).problems] == ["zip_too_many_files"]


def test_what_is_no_bundle(bundle: Path, tmp_path: Path) -> None:
    part = tmp_path / f"{bundle.name}.part"
    part.write_bytes(bundle.read_bytes())
    cut = tmp_path / "cut.zip"
    cut.write_bytes(bundle.read_bytes()[:-200])
    empty = tmp_path / "empty.zip"
    empty.write_bytes(b"")
    newer = rewrite(
        bundle, tmp_path / "new.zip",
        lambda files: files.update({"manifest.json": files["manifest.json"].replace(b'"spec": "1"', b'"spec": "2"')}),
    )  # fmt: skip
    bare = rewrite(bundle, tmp_path / "bare.zip", lambda files: files.__delitem__("manifest.json"))
    odd = rewrite(
        bundle, tmp_path / "odd.zip",
        lambda files: files.__setitem__("manifest.json", files["manifest.json"].replace(b'"seq": 1', b'"seq": "1"')),
    )  # fmt: skip
    rules = [
        [one.rule for one in check(path).problems]
        for path in (part, cut, empty, newer, bare, odd, tmp_path / "none.zip", tmp_path)
    ]
    assert rules == [
        ["file_half_written"], ["zip_damaged"], ["file_half_written"], ["spec_unknown"], ["manifest_missing"],
        ["manifest_invalid"], ["file_not_there"], ["file_no_access"],
    ]  # fmt: skip


@pytest.mark.parametrize("offset", range(60, 2000, 197))
def test_a_flipped_byte_is_always_found(bundle: Path, tmp_path: Path, offset: int) -> None:
    raw = bytearray(bundle.read_bytes())
    raw[offset % len(raw)] ^= 0x41
    bad = tmp_path / "bad.zip"
    bad.write_bytes(raw)
    # a byte of the zip's own bookkeeping may change nothing that is read; then everything read is still the same
    assert not check(bad).ok or contents(bad) == contents(bundle)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (b'{"a": NaN}', "number_not_finite"),
        (b'{"a": -Infinity}', "number_not_finite"),
        (b'{"a": 1e999}', "number_not_finite"),
        (b'{"a": 123456789012345678901234567890}', "number_too_big"),
        (b'{"a": ' + b"9" * 5000 + b"}", "number_too_big"),
        (b'{"a": 1, "a": 2}', "key_twice_in_record"),
        (b'{"a": "\\ud800"}', "has_surrogate"),
        (b'{"a": "\xff"}', "not_utf8"),
        (b'{"a": "\xed\xa0\x80"}', "not_utf8"),
        (b"[" * 100_000, "too_deep"),
        (b'{"a":' * 40 + b"1" + b"}" * 40, "too_deep"),
        (b"[1]", "not_json"),
        (b"", "not_json"),
        (b"{'a': 1}", "not_json"),
        (b'{"a": 1,}', "not_json"),
        (b'{"a": "' + b"x" * 300_000 + b'"}', "line_too_long"),
    ],
)
def test_strict_json(line: bytes, rule: str) -> None:
    with pytest.raises(NotTaken) as refused:
        read_object(line)
    assert refused.value.rule == rule


def test_a_name_of_a_field_is_judged_too_and_never_repeated() -> None:
    assert judge({"spec": "1", "\u001b[2J": "x"}) == ("has_control", {"where": "?"})
    found = judge({"spec": "1", "Emma Jansen": "x"})
    assert found is not None
    assert "Emma" not in str(found)


def test_each_rule_has_a_sentence() -> None:
    for rule in format.PROBLEM_RULES | QUARANTINE_RULES:
        assert phrases.problem_words("a.zip", 3, rule, {}).startswith("a.zip")


def test_each_reason_to_stay_and_each_state_has_words() -> None:
    for reason in HOLD_BACKS:
        assert [phrases.held_back(reason, count)[:2] for count in (1, 2)] == ["1 ", "2 "]
    assert len({phrases.delivery_state(state) for state in get_args(DeliveryState)}) == 4
    assert phrases.exported(0, "a.zip") != phrases.exported(1, "a.zip")


# A receiver ------------------------------------------------------------------------------------------------------


def test_a_receiver_answers_every_record(bundle: Path, tmp_path: Path) -> None:
    answered = receive(bundle, tmp_path / "answers")
    receipts = records(answered)
    assert check(answered).ok
    assert [one["data"]["record_id"] for one in receipts] == [one["id"] for one in records(bundle)]
    assert {one["data"]["result"] for one in receipts} == {"accepted"}
    manifest = json.loads(contents(answered)["manifest.json"])
    assert (manifest["kind"], manifest["answers"]["seq"]) == ("receipts", 1)


def test_duplicates_other_content_and_older_versions(portal: Portal, bundle: Path, tmp_path: Path) -> None:
    answers = tmp_path / "answers"
    number = next(index for index, one in enumerate(records(bundle)) if one["type"] == "drink")
    id = records(bundle)[number]["id"]
    portal.call(change, id, amount=99.0)
    newer = portal.export().path
    receive(newer, answers)
    late = {one["data"]["record_id"]: one["data"]["result"] for one in records(receive(bundle, answers))}
    assert late.pop(id) == "superseded"
    assert set(late.values()) == {"accepted"}
    again = {one["data"]["record_id"]: one["data"]["result"] for one in records(receive(bundle, answers))}
    assert again.pop(id) == "superseded"
    assert set(again.values()) == {"duplicate"}
    other = next(index for index, one in enumerate(records(bundle)) if one["type"] == "drink" and one["id"] != id)
    forged = rewrite(
        bundle, tmp_path / "forged.zip",
        lambda files: _edit_records(files, other, data={"kind": "bottle", "taken_ml": 1}), honest=True,
    )  # fmt: skip
    answer = records(receive(forged, answers))[other]["data"]
    assert (answer["result"], answer["reason"]) == ("refused", "same_key_other_content")


def test_a_wrong_record_is_refused_with_the_rule_and_the_others_are_not(bundle: Path, tmp_path: Path) -> None:
    bad = rewrite(
        bundle, tmp_path / "bad.zip", lambda files: _edit_records(files, 0, tz="Europe/Atlantis"), honest=True
    )
    answers = [(one["data"]["result"], one["data"]["reason"]) for one in records(receive(bad, tmp_path / "answers"))]
    assert answers[0] == ("refused", "zone_unknown")
    assert {result for result, _ in answers[1:]} == {"accepted"}


def test_a_receiver_refuses_what_was_tampered_with_whole(bundle: Path, tmp_path: Path) -> None:
    bad = rewrite(bundle, tmp_path / "bad.zip", lambda files: _edit_records(files, 0, rev=7))
    with pytest.raises(BundleRefused) as refused:
        receive(bad, tmp_path / "answers")
    assert [(one.file, one.rule) for one in refused.value.problems] == [("records.jsonl", "file_changed")]
    assert not (tmp_path / "answers").exists() or list((tmp_path / "answers").iterdir()) == []


def test_a_line_that_names_no_record_refuses_the_bundle(bundle: Path, tmp_path: Path) -> None:
    bad = rewrite(bundle, tmp_path / "bad.zip", lambda files: _edit_records(files, 1, id="x"), honest=True)
    with pytest.raises(BundleRefused) as refused:
        receive(bad, tmp_path / "answers")
    assert (refused.value.problems[0].line, refused.value.problems[0].rule) == (2, "record_invalid")
    assert list((tmp_path / "answers").iterdir()) == []
