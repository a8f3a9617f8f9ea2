"""What leaves: whole bundles, only what changed, only what may, and the same words under the same key."""

import hashlib
import json
import os
import re
import signal
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from kindertui.data import absences, drafts, messages
from kindertui.data.act import Tx
from kindertui.data.queries import portal as portal_queries
from kindertui.domain.entry import AbsenceReport
from kindertui.domain.faults import Refused
from kindertui.phrases.pages import PageWords
from kindertui.portal.bundle import check
from kindertui.portal.bundle import files as bundle_files
from kindertui.portal.bundle.readable import Readable
from tests.portal.world import ZONE, Portal, at, change, contents, log, records, restrict
from tests.today import today


def test_every_kind_leaves_in_the_published_form(portal: Portal) -> None:
    for kind, values in (
        ("arrival", {}),
        ("sleep", {"end": at("14:00")}),
        ("meal", {"amount": 0.75, "unit": "portion", "detail": {"meal": "lunch"}, "text": "brood & kaas"}),
        ("bottle", {"amount": 120.0, "unit": "ml", "detail": {"offered": 180}}),
        ("drink", {"amount": 90.0, "unit": "ml"}),
        ("nappy", {"detail": {"content": "wet"}}),
        ("toilet", {}),
        ("activity", {"text": "buiten gespeeld met één emmer"}),
        ("note", {"text": "lacht veel"}),
        ("departure", {"text": "oma"}),
    ):
        portal.log("Aya", kind, "12:30", **values)
    report = portal.export()
    checked = check(report.path)
    assert (checked.ok, checked.problems) == (True, ())
    assert checked.counts == report.counts
    by_type = {(one["type"], json.dumps(one["data"], sort_keys=True)): one for one in records(report.path)}
    assert {kind for kind, _ in by_type} == {
        "attendance", "sleep", "meal", "drink", "diaper", "toilet", "activity", "note", "consent",
    }  # fmt: skip
    bottle = next(one for one in records(report.path) if one["data"].get("kind") == "bottle")
    assert bottle["data"] == {"kind": "bottle", "offered_ml": 180, "taken_ml": 120, "remark": None}
    sleep = next(one for one in records(report.path) if one["type"] == "sleep")
    assert (sleep["start"], sleep["end"]) == ("2026-03-05T12:30:00+01:00", "2026-03-05T14:00:00+01:00")
    assert sleep["recorded_by"] not in portal.people.staff.values()


def test_a_nap_that_was_not_says_so_to_the_portal(portal: Portal) -> None:
    aya = portal.children["Aya"]
    portal.log("Aya", "sleep", "13:10", end=at("13:10"), text="huilde", detail={"none": True})
    report = portal.export()
    assert check(report.path).ok
    (sleep,) = [one for one in records(report.path) if one["type"] == "sleep"]
    assert sleep["data"] == {"state": "none", "remark": "huilde"}
    assert sleep["start"] == sleep["end"] == "2026-03-05T13:10:00+01:00"
    files = contents(report.path)
    assert "<td dir=auto>13:10</td><td dir=auto>niet geslapen</td>" in files[f"readable/{aya}.html"].decode()
    assert "2026-03-05;Aya Bakker;niet geslapen;13:10;;;huilde" in files["readable/day.csv"].decode()
    assert json.loads(files["manifest.json"])["words"]["no_sleep"] == "niet geslapen"


def test_what_was_typed_and_never_saved_does_not_leave(portal: Portal) -> None:
    aya = portal.children["Aya"]
    portal.log("Aya", "note", "12:30", text="lacht veel")
    for place in (f"form:{aya}:health:", f"count:{today()}:", "line:roster", "grid", "texts"):
        portal.call(drafts.keep, place, "GEHEIM")
    report = portal.export()
    assert report.records
    held = contents(report.path)
    assert held and not [name for name, data in held.items() if b"GEHEIM" in data]
    (only,) = portal.out.iterdir()
    assert b"GEHEIM" not in only.read_bytes()


def test_local_times_on_both_sides_of_the_clock_change(portal: Portal) -> None:
    from datetime import datetime, timedelta

    turn = datetime(2025, 10, 26, 3, 0, tzinfo=ZONE)  # 02:00-03:00 comes twice that night
    for minutes in (-121, -61, -1, 1):
        when = datetime.fromtimestamp(turn.timestamp() + minutes * 60, ZONE)
        portal.call(log, portal.children["Aya"], "note", when, text="x")
    portal.call(log, portal.children["Aya"], "note", turn - timedelta(days=3000), text="x")
    report = portal.export()
    assert check(report.path).ok
    starts = sorted(one["start"] for one in records(report.path) if one["type"] == "note")[1:]
    assert [datetime.fromisoformat(one).utcoffset() for one in starts] == [
        datetime.fromisoformat(one).astimezone(ZONE).utcoffset() for one in starts
    ]
    assert {one[-6:] for one in starts} == {"+01:00", "+02:00"}


def test_the_second_bundle_has_only_what_changed(portal: Portal) -> None:
    first = portal.log("Aya", "bottle", "11:00", amount=150.0, unit="ml")
    portal.log("Bram", "nappy", "11:10", detail={"content": "wet"})
    one = portal.export()
    portal.call(change, first, amount=120.0)
    portal.log("Emma", "note", "11:20", text="nieuw")
    two = portal.export()
    assert {(record["id"], record["rev"]) for record in records(two.path)} >= {(first, 2)}
    assert two.records == 2
    assert {name for name in contents(two.path) if name.endswith(".html")} == {
        f"readable/{portal.children[name]}.html" for name in ("Aya", "Emma")
    }
    manifest = json.loads(contents(two.path)["manifest.json"])
    assert (manifest["seq"], manifest["before"]) == (2, hashlib.sha256(one.path.read_bytes()).hexdigest())
    assert portal.export().records == 0


def test_the_same_key_is_the_same_line_and_all_brings_everything(portal: Portal) -> None:
    portal.log("Aya", "note", "11:00", text="één")
    portal.log("Aya", "note", "11:00", days=9, text="twee")
    one = portal.export()
    again = portal.export(whole=True)
    assert sorted(contents(one.path)["records.jsonl"].splitlines()) == sorted(
        contents(again.path)["records.jsonl"].splitlines()
    )
    part = portal.export(whole=True, first=date(2026, 3, 5), last=date(2026, 3, 6))
    assert [record["data"]["text"] for record in records(part.path) if record["type"] == "note"] == ["één"]
    assert check(part.path).ok


def test_a_period_does_not_swallow_what_lies_outside(portal: Portal) -> None:
    portal.log("Aya", "note", "11:00", text="één")
    portal.log("Aya", "note", "11:00", days=9, text="twee")
    portal.export(first=date(2026, 3, 5), last=date(2026, 3, 5))
    rest = portal.export()
    assert [one["data"]["text"] for one in records(rest.path) if one["type"] == "note"] == ["twee"]


def test_what_was_deleted_is_retracted_once_with_a_higher_revision(portal: Portal) -> None:
    id = portal.log("Aya", "note", "11:00", text="vergissing")
    never = portal.log("Aya", "note", "11:00", text="nooit weg geweest")
    portal.call(change, never, deleted=True)
    portal.export()
    portal.call(change, id, deleted=True)
    two = portal.export()
    gone = [(one["id"], one["rev"], one["op"]) for one in records(two.path)]
    assert gone == [(id, 2, "delete")]
    assert b"vergissing" not in b"".join(contents(two.path).values())
    assert check(two.path).ok
    assert portal.export().records == 0


def test_what_became_staff_only_is_retracted_and_says_nothing_of_why(portal: Portal) -> None:
    id = portal.log("Aya", "note", "11:00", text="eerst voor iedereen")
    portal.export()
    portal.call(change, id, share="staff_only", sensitivity="health")
    two = portal.export()
    (record,) = records(two.path)
    assert (record["id"], record["rev"], record["op"], record["share"]) == (id, 2, "delete", "guardians")
    assert record["sensitivity"] == "none"
    assert two.held_back == {"health": 1}


def test_staff_only_health_and_html_stay_and_are_counted(portal: Portal) -> None:
    portal.log("Aya", "sleep_check", "12:40", share="staff_only")
    portal.log("Aya", "temperature", "12:45", amount=39.1, unit="°C", share="staff_only", sensitivity="health")
    portal.log("Aya", "incident", "12:50", text="GEVAL", sensitivity="safeguarding")
    portal.log("Aya", "note", "12:55", text="<script>alert(1)</script>")
    portal.log("Aya", "note", "12:56", text="1 < 2 en <3")
    report = portal.export()
    assert report.held_back == {"staff_only": 1, "health": 1, "safeguarding": 1, "has_html": 1}
    everything = b"".join(contents(report.path).values())
    for word in (b"39.1", b"GEVAL", b"script>"):
        assert word not in everything
    assert [one["data"] for one in records(report.path) if one["type"] == "note"] == [{"text": "1 < 2 en <3"}]
    assert check(report.path).ok


def test_a_child_none_of_whose_guardians_may_be_told_stays(portal: Portal) -> None:
    portal.log("Aya", "note", "11:00", text="geheim")
    portal.log("Bram", "note", "11:00", text="open")
    portal.call(restrict, portal.children["Aya"], None)
    report = portal.export()
    assert report.held_back == {"nobody_in_audience": 1}
    assert b"geheim" not in b"".join(contents(report.path).values())
    manifest = json.loads(contents(report.path)["manifest.json"])
    assert manifest["audience"][portal.children["Aya"]] == []
    assert manifest["audience"][portal.children["Bram"]] == [portal.people.guardians["Lies de Wit"]]


def test_nothing_of_guardians_or_staff_stands_in_a_bundle(portal: Portal) -> None:
    portal.log("Aya", "note", "11:00", text="x")
    report = portal.export()
    everything = b"".join(contents(report.path).values())
    for word in (b"Sara", b"Tom", b"06-1000", b"Ina", b"court", portal.people.staff["Ina"].encode()):
        assert word not in everything
    assert re.fullmatch(r"[0-9a-f]{8}_[0-9]{8}T[0-9]{6}Z_1\.zip", report.name)
    assert stat.S_IMODE(report.path.stat().st_mode) == 0o600


def test_an_absence_leaves_with_its_decision_and_without_its_text(portal: Portal) -> None:
    told = AbsenceReport(
        (portal.children["Bram"],),
        "holiday",
        date(2030, 5, 6),
        date(2030, 5, 8),
        text="naar de longarts",
        channel="email",
    )
    found = portal.call(absences.report, told, reported_by="Lies de Wit", policy=portal.policy)
    portal.export()
    if found.nature == "request":
        portal.call(absences.decide, found.id, "refuse", "vol die dag", policy=portal.policy)
    else:
        portal.call(absences.decide, found.id, "acknowledge", policy=portal.policy)
    two = portal.export()
    (record,) = records(two.path)
    assert record["type"] == "absence"
    assert record["data"]["status"] in ("refused", "acknowledged")
    assert (record["day"], record["data"]["last_day"]) == ("2030-05-06", "2030-05-08")
    assert b"longarts" not in b"".join(contents(two.path).values())
    assert check(two.path).ok


def _queue(portal: Portal, child: str = "Aya", body: str = "Vrijdag gaan we naar het bos.\n\nNeem laarzen mee.") -> str:
    new = messages.NewMessage("child", portal.children[child], "Uitje", body)
    return str(portal.call(messages.queue, new, policy=portal.policy).id)


def _state(portal: Portal, id: str) -> tuple[str, int]:
    row = portal.reader.execute("SELECT state, rev FROM message WHERE id = ?", (id,)).fetchone()
    return row[0], row[1]


def test_a_queued_message_leaves_to_those_who_may_get_it(neutral: Portal) -> None:
    id = _queue(neutral)
    report = neutral.export()
    (record,) = [one for one in records(report.path) if one["type"] == "message"]
    assert record["data"]["to"] == [
        {"guardian_id": neutral.people.guardians["Sara Bakker"], "child_id": neutral.children["Aya"]}
    ]
    assert _state(neutral, id)[0] == "left"
    assert check(report.path).ok
    whole = neutral.export(whole=True)
    again = [one for one in records(whole.path) if one["type"] == "message"]
    assert again == [record]  # the key it left under, not a new one


def test_a_restriction_after_queueing_cancels(neutral: Portal) -> None:
    id = _queue(neutral, "Bram")
    neutral.call(restrict, neutral.children["Bram"], neutral.people.guardians["Lies de Wit"])
    report = neutral.export()
    assert [one for one in records(report.path) if one["type"] == "message"] == []
    assert report.held_back["nobody_to_reach"] == 1
    assert _state(neutral, id)[0] == "refused"
    held = neutral.reader.execute("SELECT held_back FROM message_to WHERE message_id = ?", (id,)).fetchall()
    assert [row[0] for row in held] != [""]
    assert neutral.export().records == 0


def test_what_left_is_not_taken_back_by_undo(neutral: Portal) -> None:
    from kindertui.data.undo import undo

    id = _queue(neutral)
    neutral.export()
    with pytest.raises(Refused) as refused:
        neutral.call(undo)
    assert refused.value.rule == "undo_changed_since"
    assert _state(neutral, id)[0] == "left"


def test_a_restriction_while_the_bundle_is_written_is_seen(neutral: Portal) -> None:
    _queue(neutral, "Bram")
    done: list[int] = []

    def meanwhile(count: int, total: int) -> None:
        if not done:
            done.append(count)
            neutral.call(restrict, neutral.children["Bram"], neutral.people.guardians["Lies de Wit"])

    report = neutral.export(progress=meanwhile)
    assert done
    assert [one for one in records(report.path) if one["type"] == "message"] == []
    assert sorted(path.name for path in neutral.out.iterdir()) == [report.name]


def test_what_is_written_meanwhile_waits_for_the_next_bundle(portal: Portal) -> None:
    ids: list[str] = []

    def meanwhile(count: int, total: int) -> None:
        if not ids:
            ids.append(portal.log("Aya", "note", "11:00", text="net geschreven"))

    first = portal.export(progress=meanwhile)  # the consent comes first, then the log is read
    assert b"net geschreven" not in b"".join(contents(first.path).values())
    assert [one["id"] for one in records(portal.export().path)] == ids


def test_a_retracted_record_that_changes_again_stays_retracted(portal: Portal) -> None:
    id = portal.log("Aya", "note", "11:00", text="eerst")
    portal.export()
    portal.call(change, id, share="staff_only")
    assert portal.export().counts == {"delete": 1}
    portal.call(change, id, text="nog eens")
    assert portal.export().counts == {}
    portal.call(change, id, share="guardians")
    assert [(one["id"], one["rev"]) for one in records(portal.export().path)] == [(id, 4)]


def test_a_key_that_left_is_never_used_to_retract(portal: Portal) -> None:
    portal.log("Bram", "note", "11:00", text="eerst")
    portal.export()
    portal.call(restrict, portal.children["Bram"], None)
    again = portal.export(whole=True)
    assert (again.counts, again.held_back) == ({}, {"nobody_in_audience": 2})


def _mark_up(tx: Tx, id: str) -> None:
    from kindertui.data import models

    record = tx.get(models.Message, id)
    assert record is not None
    tx.change(record, body=f"<b>{record.body}</b>")


def test_absences_and_letters_are_held_back_as_entries_are(neutral: Portal) -> None:
    told = AbsenceReport((neutral.children["Aya"],), "sick", date(2026, 3, 5))
    neutral.call(absences.report, told, policy=neutral.policy)
    neutral.call(restrict, neutral.children["Aya"], None)
    id = _queue(neutral, "Bram", "Vrijdag gaan we naar het bos.")
    neutral.call(_mark_up, id)  # as nobody can write it here: from an earlier version, or another hand
    report = neutral.export()
    assert report.held_back == {"nobody_in_audience": 1, "has_html": 1}
    assert set(report.counts) == {"consent"}
    assert _state(neutral, id)[0] == "queued"


def test_csv_and_pages_are_harmless(portal: Portal) -> None:
    aya = portal.children["Aya"]
    for text in ("=HYPERLINK(1)", "+31 6", "@SUM(A1)", "-2", "＝1", "<3 & 'co'", '"quoted"'):
        portal.log("Aya", "note", "11:00", text=text)
    portal.log("Aya", "bottle", "11:30", amount=120.0, unit="ml", detail={"offered": 180})
    portal.log("Aya", "drink", "11:40", amount=99.5, unit="ml", text="thee; lauw")
    report = portal.export()
    files = contents(report.path)
    import csv

    rows = list(csv.reader(files["readable/day.csv"].decode().splitlines(), delimiter=";"))[1:]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "＝"))]
    assert {"120/180 ml", "99,5 ml"} <= {row[5] for row in rows}, "with the comma of the portal's language"
    assert "thee; lauw" in {row[6] for row in rows}, "a text may hold what stands between the cells"
    assert {len(row) for row in rows} == {7}
    page = files[f"readable/{aya}.html"].decode()
    assert "&lt;3 &amp; &#x27;co&#x27;" in page
    assert portal.policy.word("bottle") in page
    assert 'lang="nl"' in page
    assert "donderdag 5 maart 2026" in page


@pytest.mark.parametrize(
    ("language", "heads"),
    [("en", "day,child,what,start,end,amount,text"), ("nl", "dag;kind;wat;begin;eind;hoeveelheid;tekst"),
     ("nb", "dag;barn;hva;start;slutt;mengde;tekst")],
)  # fmt: skip
def test_the_cells_of_the_csv_stand_apart_as_spreadsheets_of_the_language_have_it(
    portal: Portal, language: str, heads: str
) -> None:
    words = PageWords(portal.policy, language)
    readable = Readable(portal.store.reader, words, {}, {}, date(2026, 3, 5), date(2026, 3, 5), lambda entry: True)
    assert b"".join(readable.csv()).decode() == f"{heads}\r\n"


def test_names_never_reach_the_file_names(portal: Portal) -> None:
    def hostile(tx: object) -> None:
        from kindertui.data import models

        child = tx.get(models.Child, portal.children["Aya"])  # type: ignore[attr-defined]
        tx.change(child, given_name="../../etc/<b>passwd", surname="x.html")  # type: ignore[attr-defined]

    portal.call(hostile)
    portal.log("Aya", "note", "11:00", text="x")
    report = portal.export()
    assert not [name for name in contents(report.path) if "etc" in name or ".." in name]
    assert b"<b>passwd" not in contents(report.path)[f"readable/{portal.children['Aya']}.html"]
    assert check(report.path).ok


def test_a_full_disk_leaves_nothing_and_books_nothing(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    portal.log("Aya", "note", "11:00", text="x")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused) as refused:
        portal.export()
    assert refused.value.rule == "out_full"
    assert list(portal.out.iterdir()) == []
    monkeypatch.undo()
    assert portal.reader.execute("SELECT count(*) FROM bundle").fetchone()[0] == 0
    assert portal.export().records > 0


def test_a_booking_that_fails_takes_the_file_away(neutral: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    id = _queue(neutral)
    real = bundle_files.Unfinished.finish

    def named_and_then_lost(self: bundle_files.Unfinished) -> None:
        real(self)
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(bundle_files.Unfinished, "finish", named_and_then_lost)
    with pytest.raises(OSError, match="Input/output"):
        neutral.export()
    assert list(neutral.out.iterdir()) == []
    assert _state(neutral, id)[0] == "queued"


@pytest.mark.parametrize("rule", ["out_not_folder", "out_exists"])
def test_a_place_that_will_not_do(portal: Portal, rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if rule == "out_not_folder":
        portal.out.write_text("a file", encoding="utf-8")
    else:
        monkeypatch.setattr(os.path, "lexists", lambda path: True)
    with pytest.raises(Refused) as refused:
        portal.export()
    assert refused.value.rule == rule


def test_a_link_under_the_name_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("untouched", encoding="utf-8")
    (tmp_path / "01234567_20260305T110000Z_1.zip.part").symlink_to(victim)
    unfinished = bundle_files.Unfinished(tmp_path, "01234567_20260305T110000Z_1.zip")
    with pytest.raises(Refused), unfinished:
        pass
    assert victim.read_text(encoding="utf-8") == "untouched"


_WRITER = """
import os, signal, sys
from pathlib import Path
from kindertui.portal.bundle.files import Unfinished
with Unfinished(Path(sys.argv[1]), "01234567_20260305T110000Z_1.zip") as unfinished:
    def pieces():
        yield b"half\\n"
        print("writing", flush=True)
        if sys.argv[2] == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        sys.stdin.readline()
    unfinished.add("records.jsonl", pieces())
"""


def test_a_killed_export_leaves_no_half_bundle_and_is_swept(portal: Portal) -> None:
    portal.out.mkdir()
    killed = subprocess.run([sys.executable, "-c", _WRITER, str(portal.out), "die"], capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert [path.suffix for path in portal.out.iterdir()] == [".part"]
    (portal.out / "somebody-elses.part").write_bytes(b"not ours")
    report = portal.export()
    assert sorted(path.name for path in portal.out.iterdir()) == sorted([report.name, "somebody-elses.part"])


def test_a_bundle_somebody_is_writing_is_not_swept(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(tmp_path), "live"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdin is not None
        writer.stdout.readline()
        assert bundle_files.sweep(tmp_path) == 0
        assert len(list(tmp_path.iterdir())) == 1
        writer.stdin.write(b"\n")
        writer.stdin.flush()


def test_what_waits_and_what_left(portal: Portal) -> None:
    portal.log("Aya", "note", "11:00", text="x")
    before = portal_queries.waiting(portal.reader, portal.policy)
    assert (before.entries, before.consents) == (1, 1)
    report = portal.export()
    assert portal_queries.waiting(portal.reader, portal.policy).records == 0
    (left,) = portal_queries.bundles(portal.reader, ZONE)
    assert (left.name, left.records, left.states) == (report.name, 2, {"unknown": 2})
    assert {one.kind for one in portal_queries.delivered(portal.reader, "unknown", ZONE)} == {"note", "consent"}


def test_what_left_and_was_taken_away_here_waits_until_the_next_bundle_has_said_so(portal: Portal) -> None:
    note = portal.log("Aya", "note", "11:00", text="x")
    never = portal.log("Aya", "note", "11:05", text="y")
    portal.call(change, never, deleted=True)
    assert portal_queries.waiting(portal.reader, portal.policy).retractions == 0
    portal.export()
    portal.call(change, note, deleted=True)
    waiting = portal_queries.waiting(portal.reader, portal.policy)
    assert (waiting.entries, waiting.retractions, waiting.records) == (0, 1, 1)
    assert portal.export().counts == {"delete": 1}
    assert portal_queries.waiting(portal.reader, portal.policy).records == 0
