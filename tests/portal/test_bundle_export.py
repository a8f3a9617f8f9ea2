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
from kindertui.data.act import Actor
from kindertui.data.queries import portal as portal_queries
from kindertui.data.store import Store
from kindertui.domain.entry import AbsenceReport
from kindertui.domain.faults import Refused
from kindertui.domain.policy import Policy
from kindertui.portal.bundle import check, export
from kindertui.portal.bundle import files as bundle_files
from kindertui.portal.profile import load
from tests.conftest import People
from tests.portal.world import ZONE, at, change, contents, log, records, restrict


@pytest.fixture
def policy() -> Policy:
    return load("bitcare")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def test_every_kind_leaves_in_the_published_form(
    store: Store, ina: Actor, people: People, policy: Policy, out: Path
) -> None:
    aya = people.children["Aya"]
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
        store.call(log, ina, aya, kind, at("12:30"), **values)
    report = export(store, ina, policy, out)
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
    assert sleep["recorded_by"] not in people.staff.values()


def test_a_nap_that_was_not_says_so_to_the_portal(
    store: Store, ina: Actor, people: People, policy: Policy, out: Path
) -> None:
    aya = people.children["Aya"]
    store.call(log, ina, aya, "sleep", at("13:10"), end=at("13:10"), text="huilde", detail={"none": True})
    report = export(store, ina, policy, out)
    assert check(report.path).ok
    (sleep,) = [one for one in records(report.path) if one["type"] == "sleep"]
    assert sleep["data"] == {"state": "none", "remark": "huilde"}
    assert sleep["start"] == sleep["end"] == "2026-03-05T13:10:00+01:00"
    files = contents(report.path)
    assert "<td dir=auto>13:10</td><td dir=auto>niet geslapen</td>" in files[f"readable/{aya}.html"].decode()
    assert "2026-03-05,Aya Bakker,niet geslapen,13:10,,,huilde" in files["readable/day.csv"].decode()
    assert json.loads(files["manifest.json"])["words"]["no_sleep"] == "niet geslapen"


def test_what_was_typed_and_never_saved_does_not_leave(
    store: Store, ina: Actor, people: People, policy: Policy, out: Path
) -> None:
    aya = people.children["Aya"]
    store.call(log, ina, aya, "note", at("12:30"), text="lacht veel")
    for place in (f"form:{aya}:health:", f"count:{date.today()}:", "line:roster", "grid", "texts"):
        store.call(drafts.keep, ina, place, "GEHEIM")
    report = export(store, ina, policy, out)
    assert report.records
    held = contents(report.path)
    assert held and not [name for name, data in held.items() if b"GEHEIM" in data]
    (only,) = out.iterdir()
    assert b"GEHEIM" not in only.read_bytes()


def test_local_times_on_both_sides_of_the_clock_change(
    store: Store, ina: Actor, people: People, policy: Policy, out: Path
) -> None:
    from datetime import datetime, timedelta

    turn = datetime(2025, 10, 26, 3, 0, tzinfo=ZONE)  # 02:00-03:00 comes twice that night
    for minutes in (-121, -61, -1, 1):
        when = datetime.fromtimestamp(turn.timestamp() + minutes * 60, ZONE)
        store.call(log, ina, people.children["Aya"], "note", when, text="x")
    store.call(log, ina, people.children["Aya"], "note", turn - timedelta(days=3000), text="x")
    report = export(store, ina, policy, out)
    assert check(report.path).ok
    starts = sorted(one["start"] for one in records(report.path) if one["type"] == "note")[1:]
    assert [datetime.fromisoformat(one).utcoffset() for one in starts] == [
        datetime.fromisoformat(one).astimezone(ZONE).utcoffset() for one in starts
    ]
    assert {one[-6:] for one in starts} == {"+01:00", "+02:00"}


def test_the_second_bundle_has_only_what_changed(
    store: Store, ina: Actor, people: People, policy: Policy, out: Path
) -> None:
    first = store.call(log, ina, people.children["Aya"], "bottle", at("11:00"), amount=150.0, unit="ml")
    store.call(log, ina, people.children["Bram"], "nappy", at("11:10"), detail={"content": "wet"})
    one = export(store, ina, policy, out)
    store.call(change, ina, first, amount=120.0)
    store.call(log, ina, people.children["Emma"], "note", at("11:20"), text="nieuw")
    two = export(store, ina, policy, out)
    assert {(record["id"], record["rev"]) for record in records(two.path)} >= {(first, 2)}
    assert two.records == 2
    assert {name for name in contents(two.path) if name.endswith(".html")} == {
        f"readable/{people.children[name]}.html" for name in ("Aya", "Emma")
    }
    manifest = json.loads(contents(two.path)["manifest.json"])
    assert (manifest["seq"], manifest["before"]) == (2, hashlib.sha256(one.path.read_bytes()).hexdigest())
    assert export(store, ina, policy, out).records == 0


def test_the_same_key_is_the_same_line_and_all_brings_everything(
    store: Store, ina: Actor, people: People, policy: Policy, out: Path
) -> None:
    store.call(log, ina, people.children["Aya"], "note", at("11:00"), text="één")
    store.call(log, ina, people.children["Aya"], "note", at("11:00", days=9), text="twee")
    one = export(store, ina, policy, out)
    again = export(store, ina, policy, out, whole=True)
    assert sorted(contents(one.path)["records.jsonl"].splitlines()) == sorted(
        contents(again.path)["records.jsonl"].splitlines()
    )
    part = export(store, ina, policy, out, whole=True, first=date(2026, 3, 5), last=date(2026, 3, 6))
    assert [record["data"]["text"] for record in records(part.path) if record["type"] == "note"] == ["één"]
    assert check(part.path).ok


def test_a_period_does_not_swallow_what_lies_outside(
    store: Store, ina: Actor, people: People, policy: Policy, out: Path
) -> None:
    store.call(log, ina, people.children["Aya"], "note", at("11:00"), text="één")
    store.call(log, ina, people.children["Aya"], "note", at("11:00", days=9), text="twee")
    export(store, ina, policy, out, first=date(2026, 3, 5), last=date(2026, 3, 5))
    rest = export(store, ina, policy, out)
    assert [one["data"]["text"] for one in records(rest.path) if one["type"] == "note"] == ["twee"]


def test_what_was_deleted_is_retracted_once_with_a_higher_revision(
    store: Store, ina: Actor, people: People, policy: Policy, out: Path
) -> None:
    id = store.call(log, ina, people.children["Aya"], "note", at("11:00"), text="vergissing")
    never = store.call(log, ina, people.children["Aya"], "note", at("11:00"), text="nooit weg geweest")
    store.call(change, ina, never, deleted=True)
    export(store, ina, policy, out)
    store.call(change, ina, id, deleted=True)
    two = export(store, ina, policy, out)
    gone = [(one["id"], one["rev"], one["op"]) for one in records(two.path)]
    assert gone == [(id, 2, "delete")]
    assert b"vergissing" not in b"".join(contents(two.path).values())
    assert check(two.path).ok
    assert export(store, ina, policy, out).records == 0


def test_what_became_staff_only_is_retracted_and_says_nothing_of_why(
    store: Store, ina: Actor, people: People, policy: Policy, out: Path
) -> None:
    id = store.call(log, ina, people.children["Aya"], "note", at("11:00"), text="eerst voor iedereen")
    export(store, ina, policy, out)
    store.call(change, ina, id, share="staff_only", sensitivity="health")
    two = export(store, ina, policy, out)
    (record,) = records(two.path)
    assert (record["id"], record["rev"], record["op"], record["share"]) == (id, 2, "delete", "guardians")
    assert record["sensitivity"] == "none"
    assert two.held_back == {"health": 1}


def test_staff_only_health_and_html_stay_and_are_counted(
    store: Store, ina: Actor, people: People, policy: Policy, out: Path
) -> None:
    aya = people.children["Aya"]
    store.call(log, ina, aya, "sleep_check", at("12:40"), share="staff_only")
    store.call(
        log, ina, aya, "temperature", at("12:45"), amount=39.1, unit="°C", share="staff_only", sensitivity="health"
    )
    store.call(log, ina, aya, "incident", at("12:50"), text="GEVAL", sensitivity="safeguarding")
    store.call(log, ina, aya, "note", at("12:55"), text="<script>alert(1)</script>")
    store.call(log, ina, aya, "note", at("12:56"), text="1 < 2 en <3")
    report = export(store, ina, policy, out)
    assert report.held_back == {"staff_only": 1, "health": 1, "safeguarding": 1, "has_html": 1}
    everything = b"".join(contents(report.path).values())
    for word in (b"39.1", b"GEVAL", b"script>"):
        assert word not in everything
    assert [one["data"] for one in records(report.path) if one["type"] == "note"] == [{"text": "1 < 2 en <3"}]
    assert check(report.path).ok


def test_a_child_none_of_whose_guardians_may_be_told_stays(
    store: Store, ina: Actor, people: People, policy: Policy, out: Path
) -> None:
    store.call(log, ina, people.children["Aya"], "note", at("11:00"), text="geheim")
    store.call(log, ina, people.children["Bram"], "note", at("11:00"), text="open")
    store.call(restrict, ina, people.children["Aya"], None)
    report = export(store, ina, policy, out)
    assert report.held_back == {"nobody_in_audience": 1}
    assert b"geheim" not in b"".join(contents(report.path).values())
    manifest = json.loads(contents(report.path)["manifest.json"])
    assert manifest["audience"][people.children["Aya"]] == []
    assert manifest["audience"][people.children["Bram"]] == [people.guardians["Lies de Wit"]]


def test_nothing_of_guardians_or_staff_stands_in_a_bundle(
    store: Store, ina: Actor, people: People, policy: Policy, out: Path
) -> None:
    store.call(log, ina, people.children["Aya"], "note", at("11:00"), text="x")
    report = export(store, ina, policy, out)
    everything = b"".join(contents(report.path).values())
    for word in (b"Sara", b"Tom", b"06-1000", b"Ina", b"court", people.staff["Ina"].encode()):
        assert word not in everything
    assert re.fullmatch(r"[0-9a-f]{8}_[0-9]{8}T[0-9]{6}Z_1\.zip", report.name)
    assert stat.S_IMODE(report.path.stat().st_mode) == 0o600


def test_an_absence_leaves_with_its_decision_and_without_its_text(
    store: Store, ina: Actor, people: People, policy: Policy, out: Path
) -> None:
    found = store.call(
        absences.report, ina,
        AbsenceReport(
            (people.children["Bram"],), "holiday", date(2030, 5, 6), date(2030, 5, 8), text="naar de longarts",
            channel="email",
        ),
        reported_by="Lies de Wit", policy=policy,
    )  # fmt: skip
    export(store, ina, policy, out)
    if found.nature == "request":
        store.call(absences.decide, ina, found.id, "refuse", "vol die dag", policy=policy)
    else:
        store.call(absences.decide, ina, found.id, "acknowledge", policy=policy)
    two = export(store, ina, policy, out)
    (record,) = records(two.path)
    assert record["type"] == "absence"
    assert record["data"]["status"] in ("refused", "acknowledged")
    assert (record["day"], record["data"]["last_day"]) == ("2030-05-06", "2030-05-08")
    assert b"longarts" not in b"".join(contents(two.path).values())
    assert check(two.path).ok


def _queue(store: Store, actor: Actor, people: People, policy: Policy, child: str = "Aya") -> str:
    return store.call(
        messages.queue, actor,
        messages.NewMessage(
            "child", people.children[child], "Uitje", "Vrijdag gaan we naar het bos.\n\nNeem laarzen mee."
        ),
        policy=policy,
    ).id  # fmt: skip


def _state(store: Store, id: str) -> tuple[str, int]:
    row = store.reader.execute("SELECT state, rev FROM message WHERE id = ?", (id,)).fetchone()
    return row[0], row[1]


@pytest.fixture
def neutral() -> Policy:
    return load("open")


def test_a_queued_message_leaves_to_those_who_may_get_it(
    store: Store, ina: Actor, people: People, neutral: Policy, out: Path
) -> None:
    id = _queue(store, ina, people, neutral)
    report = export(store, ina, neutral, out)
    (record,) = [one for one in records(report.path) if one["type"] == "message"]
    assert record["data"]["to"] == [
        {"guardian_id": people.guardians["Sara Bakker"], "child_id": people.children["Aya"]}
    ]
    assert _state(store, id)[0] == "left"
    assert check(report.path).ok
    whole = export(store, ina, neutral, out, whole=True)
    again = [one for one in records(whole.path) if one["type"] == "message"]
    assert again == [record]  # the key it left under, not a new one


def test_a_restriction_after_queueing_cancels(
    store: Store, ina: Actor, people: People, neutral: Policy, out: Path
) -> None:
    id = _queue(store, ina, people, neutral, "Bram")
    store.call(restrict, ina, people.children["Bram"], people.guardians["Lies de Wit"])
    report = export(store, ina, neutral, out)
    assert [one for one in records(report.path) if one["type"] == "message"] == []
    assert report.held_back["nobody_to_reach"] == 1
    assert _state(store, id)[0] == "refused"
    held = store.reader.execute("SELECT held_back FROM message_to WHERE message_id = ?", (id,)).fetchall()
    assert [row[0] for row in held] != [""]
    assert export(store, ina, neutral, out).records == 0


def test_what_left_is_not_taken_back_by_undo(
    store: Store, ina: Actor, people: People, neutral: Policy, out: Path
) -> None:
    from kindertui.data.undo import undo

    id = _queue(store, ina, people, neutral)
    export(store, ina, neutral, out)
    with pytest.raises(Refused) as refused:
        store.call(undo, ina)
    assert refused.value.rule == "undo_changed_since"
    assert _state(store, id)[0] == "left"


def test_a_restriction_while_the_bundle_is_written_is_seen(
    store: Store, ina: Actor, people: People, neutral: Policy, out: Path
) -> None:
    _queue(store, ina, people, neutral, "Bram")
    done: list[int] = []

    def meanwhile(count: int, total: int) -> None:
        if not done:
            done.append(count)
            store.call(restrict, ina, people.children["Bram"], people.guardians["Lies de Wit"])

    report = export(store, ina, neutral, out, progress=meanwhile)
    assert done
    assert [one for one in records(report.path) if one["type"] == "message"] == []
    assert sorted(path.name for path in out.iterdir()) == [report.name]


def test_what_is_written_meanwhile_waits_for_the_next_bundle(
    store: Store, ina: Actor, people: People, policy: Policy, out: Path
) -> None:
    ids: list[str] = []

    def meanwhile(count: int, total: int) -> None:
        if not ids:
            ids.append(store.call(log, ina, people.children["Aya"], "note", at("11:00"), text="net geschreven"))

    first = export(store, ina, policy, out, progress=meanwhile)  # the consent comes first, then the log is read
    assert b"net geschreven" not in b"".join(contents(first.path).values())
    assert [one["id"] for one in records(export(store, ina, policy, out).path)] == ids


def test_a_retracted_record_that_changes_again_stays_retracted(
    store: Store, ina: Actor, people: People, policy: Policy, out: Path
) -> None:
    id = store.call(log, ina, people.children["Aya"], "note", at("11:00"), text="eerst")
    export(store, ina, policy, out)
    store.call(change, ina, id, share="staff_only")
    assert export(store, ina, policy, out).counts == {"delete": 1}
    store.call(change, ina, id, text="nog eens")
    assert export(store, ina, policy, out).counts == {}
    store.call(change, ina, id, share="guardians")
    assert [(one["id"], one["rev"]) for one in records(export(store, ina, policy, out).path)] == [(id, 4)]


def test_a_key_that_left_is_never_used_to_retract(
    store: Store, ina: Actor, people: People, policy: Policy, out: Path
) -> None:
    store.call(log, ina, people.children["Bram"], "note", at("11:00"), text="eerst")
    export(store, ina, policy, out)
    store.call(restrict, ina, people.children["Bram"], None)
    again = export(store, ina, policy, out, whole=True)
    assert (again.counts, again.held_back) == ({}, {"nobody_in_audience": 2})


def test_absences_and_letters_are_held_back_as_entries_are(
    store: Store, ina: Actor, people: People, neutral: Policy, out: Path
) -> None:
    store.call(
        absences.report, ina, AbsenceReport((people.children["Aya"],), "sick", date(2026, 3, 5)), policy=neutral
    )  # fmt: skip
    store.call(restrict, ina, people.children["Aya"], None)
    id = store.call(
        messages.queue, ina,
        messages.NewMessage("child", people.children["Bram"], "Uitje", "<b>Vrijdag</b> gaan we naar het bos."),
        policy=neutral,
    ).id  # fmt: skip
    report = export(store, ina, neutral, out)
    assert report.held_back == {"nobody_in_audience": 1, "has_html": 1}
    assert set(report.counts) == {"consent"}
    assert _state(store, id)[0] == "queued"


def test_csv_and_pages_are_harmless(store: Store, ina: Actor, people: People, policy: Policy, out: Path) -> None:
    aya = people.children["Aya"]
    for text in ("=HYPERLINK(1)", "+31 6", "@SUM(A1)", "-2", "＝1", "<3 & 'co'", '"quoted"'):
        store.call(log, ina, aya, "note", at("11:00"), text=text)
    store.call(log, ina, aya, "bottle", at("11:30"), amount=120.0, unit="ml", detail={"offered": 180})
    report = export(store, ina, policy, out)
    files = contents(report.path)
    import csv

    rows = list(csv.reader(files["readable/day.csv"].decode().splitlines()))[1:]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "＝"))]
    assert "120/180 ml" in {row[5] for row in rows}
    page = files[f"readable/{aya}.html"].decode()
    assert "&lt;3 &amp; &#x27;co&#x27;" in page
    assert policy.word("bottle") in page
    assert 'lang="nl"' in page
    assert "donderdag 5 maart 2026" in page


def test_names_never_reach_the_file_names(store: Store, ina: Actor, people: People, policy: Policy, out: Path) -> None:
    def hostile(tx: object) -> None:
        from kindertui.data import models

        child = tx.get(models.Child, people.children["Aya"])  # type: ignore[attr-defined]
        tx.change(child, given_name="../../etc/<b>passwd", surname="x.html")  # type: ignore[attr-defined]

    store.call(hostile, ina)
    store.call(log, ina, people.children["Aya"], "note", at("11:00"), text="x")
    report = export(store, ina, policy, out)
    assert not [name for name in contents(report.path) if "etc" in name or ".." in name]
    assert b"<b>passwd" not in contents(report.path)[f"readable/{people.children['Aya']}.html"]
    assert check(report.path).ok


def test_a_full_disk_leaves_nothing_and_books_nothing(
    store: Store, ina: Actor, people: People, policy: Policy, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.call(log, ina, people.children["Aya"], "note", at("11:00"), text="x")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused) as refused:
        export(store, ina, policy, out)
    assert refused.value.rule == "out_full"
    assert list(out.iterdir()) == []
    monkeypatch.undo()
    assert store.reader.execute("SELECT count(*) FROM bundle").fetchone()[0] == 0
    assert export(store, ina, policy, out).records > 0


def test_a_booking_that_fails_takes_the_file_away(
    store: Store, ina: Actor, people: People, neutral: Policy, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = _queue(store, ina, people, neutral)
    real = bundle_files.Unfinished.finish

    def named_and_then_lost(self: bundle_files.Unfinished) -> None:
        real(self)
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(bundle_files.Unfinished, "finish", named_and_then_lost)
    with pytest.raises(OSError, match="Input/output"):
        export(store, ina, neutral, out)
    assert list(out.iterdir()) == []
    assert _state(store, id)[0] == "queued"


@pytest.mark.parametrize("rule", ["out_not_folder", "out_exists"])
def test_a_place_that_will_not_do(
    store: Store, ina: Actor, policy: Policy, tmp_path: Path, rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "place"
    if rule == "out_not_folder":
        out.write_text("a file", encoding="utf-8")
    else:
        monkeypatch.setattr(os.path, "lexists", lambda path: True)
    with pytest.raises(Refused) as refused:
        export(store, ina, policy, out)
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


def test_a_killed_export_leaves_no_half_bundle_and_is_swept(
    store: Store, ina: Actor, policy: Policy, out: Path
) -> None:
    out.mkdir()
    killed = subprocess.run([sys.executable, "-c", _WRITER, str(out), "die"], capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert [path.suffix for path in out.iterdir()] == [".part"]
    (out / "somebody-elses.part").write_bytes(b"not ours")
    report = export(store, ina, policy, out)
    assert sorted(path.name for path in out.iterdir()) == sorted([report.name, "somebody-elses.part"])


def test_a_bundle_somebody_is_writing_is_not_swept(out: Path) -> None:
    out.mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(out), "live"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdin is not None
        writer.stdout.readline()
        assert bundle_files.sweep(out) == 0
        assert len(list(out.iterdir())) == 1
        writer.stdin.write(b"\n")
        writer.stdin.flush()


def test_what_waits_and_what_left(store: Store, ina: Actor, people: People, policy: Policy, out: Path) -> None:
    store.call(log, ina, people.children["Aya"], "note", at("11:00"), text="x")
    before = portal_queries.waiting(store.reader, policy)
    assert (before.entries, before.consents) == (1, 1)
    report = export(store, ina, policy, out)
    assert portal_queries.waiting(store.reader, policy).records == 0
    (left,) = portal_queries.bundles(store.reader, ZONE)
    assert (left.name, left.records, left.states) == (report.name, 2, {"unknown": 2})
    assert {one.kind for one in portal_queries.delivered(store.reader, "unknown", ZONE)} == {"note", "consent"}


def test_what_left_and_was_taken_away_here_waits_until_the_next_bundle_has_said_so(
    store: Store, ina: Actor, people: People, policy: Policy, out: Path
) -> None:
    note = store.call(log, ina, people.children["Aya"], "note", at("11:00"), text="x")
    never = store.call(log, ina, people.children["Aya"], "note", at("11:05"), text="y")
    store.call(change, ina, never, deleted=True)
    assert portal_queries.waiting(store.reader, policy).retractions == 0
    export(store, ina, policy, out)
    store.call(change, ina, note, deleted=True)
    waiting = portal_queries.waiting(store.reader, policy)
    assert (waiting.entries, waiting.retractions, waiting.records) == (0, 1, 1)
    assert export(store, ina, policy, out).counts == {"delete": 1}
    assert portal_queries.waiting(store.reader, policy).records == 0
