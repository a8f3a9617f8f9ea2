"""The demo's location: everything it promises is in it, it is the same every time, and nothing in it lies ahead."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kindertui.data import verify
from kindertui.data.queries import children, consents, groups, guardianships, location, restrictions, staff
from kindertui.data.queries import day as day_queries
from kindertui.data.sample import LANGUAGES, make_sample, profile_of
from kindertui.data.sample.calendar import is_open, public_holidays, shown_at
from kindertui.data.store import Store
from kindertui.domain.faults import DatabaseFault
from kindertui.domain.guard import check_text
from kindertui.domain.policy import Policy
from kindertui.domain.roster import ChildDay
from kindertui.locations import Locations
from kindertui.portal import profile
from tests.data.conftest import NOON

ZONE = ZoneInfo("Europe/Amsterdam")
GRACE = timedelta(minutes=30)


@pytest.fixture(scope="module")
def policy() -> Policy:
    return profile.load("bitcare")


def at(folder: Path) -> Locations:
    return Locations(data=folder, config=folder, state=folder)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory, policy: Policy) -> Iterator[Store]:
    """The whole sample at noon of a Friday, with its year."""
    place = at(tmp_path_factory.mktemp("year"))
    make_sample(place, policy=policy, now=NOON)
    with Store(place) as store:
        yield store


def roster(store: Store, now: datetime) -> dict[str, ChildDay]:
    found = day_queries.roster(store.reader, now.astimezone(ZONE).date(), ZONE)
    return {day.child.full_name: day for day in found}


def test_the_location_has_its_groups_staff_and_children(year: Store) -> None:
    place = location(year.reader)
    assert (place.timezone, place.language, place.profile) == ("Europe/Amsterdam", "nl", "bitcare")
    kinds = {group.name: (group.kind, group.age_from, group.age_to) for group in groups(year.reader)}
    assert kinds == {
        "Rupsjes": ("day_care", 0, 1), "Vlinders": ("day_care", 1, 4), "Uilen": ("after_school", 4, 13),
    }  # fmt: skip
    people = staff(year.reader)
    assert {"Ina", "Jayne"} <= {one.name for one in people}
    assert Counter(one.role for one in people) == {"worker": 7, "manager": 1}
    everybody = children(year.reader, on=NOON.date())
    assert len(everybody) == 35
    for group in groups(year.reader):
        for child in children(year.reader, group.id):
            years, _ = child.age_on(NOON.date()) or (-1, 0)
            assert (group.age_from or 0) <= years < (group.age_to or 0)
            assert child.first_day is not None and child.first_day < NOON.date()


def test_names_are_of_every_sort(year: Store) -> None:
    everybody = children(year.reader)
    assert max(Counter(child.given_name for child in everybody).values()) == 2
    names = [child.full_name for child in everybody]
    together = "".join(names)
    assert all(character in together for character in ("é", "ø", "’t"))
    assert any(38 <= len(name) <= 45 for name in names)
    assert any(not unicodedata.name(name[0]).startswith("LATIN") for name in names)


def test_brothers_and_sisters_share_their_guardians(year: Store) -> None:
    ids = tuple(child.id for child in children(year.reader))
    of: dict[str, set[str]] = {}
    for link in guardianships(year.reader, ids):
        of.setdefault(link.guardian.id, set()).add(link.child_id)
    assert sum(len(mine) > 1 for mine in of.values()) >= 8
    assert {child for mine in of.values() for child in mine} == set(ids)


def test_what_must_be_minded_is_there(year: Store) -> None:
    ids = tuple(child.id for child in children(year.reader))
    held = {one.kind: one for one in restrictions(year.reader, ids)}
    order = held["contact"]
    assert order.author == "Marit" and order.since < NOON.date() and order.reason
    fathers = [link for link in guardianships(year.reader, (order.child_id,)) if link.guardian.id == order.guardian_id]
    assert [link.may_pick_up for link in fathers] == [False]
    assert held["address"].guardian_id is None and held["address"].author
    facts = Counter(row[0] for row in year.reader.execute("SELECT kind FROM care_fact"))
    assert facts["allergy"] >= 4 and facts["diet"] >= 3 and facts["health"] and facts["note"]
    by_child: dict[str, dict[str, bool]] = {child_id: {} for child_id in ids}
    for consent in consents(year.reader, ids):
        by_child[consent.child_id][consent.scope] = consent.given
        assert consent.since is not None and consent.source == "intake"
    levels = {(one.get("photo_own_portal"), one.get("photo_other_portal")) for one in by_child.values()}
    assert levels == {(None, None), (False, False), (True, False), (True, True)}
    separated = year.reader.execute("SELECT child_id FROM care_fact WHERE kind = 'note'").fetchone()[0]
    surnames = {link.guardian.name.split()[-1] for link in guardianships(year.reader, (separated,))}
    assert len(surnames) == 2


def test_today_is_half_lived(year: Store) -> None:
    days = roster(year, NOON)
    presence = Counter(day.presence(NOON, GRACE) for day in days.values())
    assert presence["in"] >= 15 and presence["expected"] >= 4 and presence["out"] >= 2
    assert [name for name, day in days.items() if day.presence(NOON, GRACE) == "unreported"] == ["Evi Mulder"]
    assert {day.absence.kind for day in days.values() if day.absence} == {"sick", "holiday"}
    asleep = [day.asleep for day in days.values() if day.asleep]
    assert len(asleep) >= 5
    aya = days["Aya Bakker"].asleep
    assert aya is not None and NOON - aya.start < timedelta(minutes=12)


def test_a_correction_of_today_stands_in_the_journal(year: Store) -> None:
    rows = year.reader.execute(
        "SELECT j.old, j.new, s.name FROM journal j JOIN staff s ON s.id = j.actor_id WHERE j.verb = 'change'"
    ).fetchall()
    assert len(rows) == 1 and '"amount"' in rows[0][0] and rows[0][0] != rows[0][1]


def test_absences_of_several_kinds_wait(year: Store) -> None:
    rows = year.reader.execute(
        "SELECT kind, channel, nature, decided_by, late_by, rule FROM absence WHERE state = 'new'"
    ).fetchall()
    assert {"sick", "holiday", "leave", "extra_day", "late", "other_pick_up"} == {row[0] for row in rows}
    assert {"portal", "phone", "email"} == {row[1] for row in rows}
    assert {"notice", "request"} == {row[2] for row in rows}
    late_by = [row[4] for row in rows if row[4] is not None]
    assert min(late_by) <= 0 < max(late_by)
    assert all(row[5].startswith("absence.") for row in rows)
    decided = Counter(year.reader.execute("SELECT state || coalesce(decision_by, '') <> state FROM absence").fetchall())
    assert decided[(1,)] >= 30 and decided[(0,)] == len(rows)
    refused = year.reader.execute("SELECT reason FROM absence WHERE state = 'refused'").fetchall()
    assert refused and all(reason for (reason,) in refused)


def test_two_threads_one_unread_one_queued(year: Store) -> None:
    rows = year.reader.execute(
        "SELECT id, thread_id, direction, state, by_id, sender FROM message ORDER BY at"
    ).fetchall()
    assert len({row[1] for row in rows}) == 2
    assert [row[3] for row in rows if row[2] == "in"] == ["answered", "unread"]
    sent = [row for row in rows if row[2] == "out"]
    assert {row[3] for row in sent} == {"queued"} and all(row[4] for row in sent)
    assert all(row[5] for row in rows if row[2] == "in")
    counts = {}
    for row in sent:
        to = year.reader.execute("SELECT held_back FROM message_to WHERE message_id = ?", (row[0],)).fetchall()
        counts[len(to)] = [reason for (reason,) in to if reason]
    assert counts.pop(2) == ["contact_restricted"]
    assert len(counts) == 1 and min(counts) > 15


def test_the_year_is_whole_and_keeps_to_its_days(year: Store) -> None:
    count, first, last = year.reader.execute("SELECT count(*), min(day), max(day) FROM entry").fetchone()
    assert 25_000 <= count <= 40_000
    assert date.fromisoformat(first) <= NOON.date() - timedelta(days=360) and last == NOON.date().isoformat()
    days = [date.fromisoformat(row[0]) for row in year.reader.execute("SELECT DISTINCT day FROM entry")]
    assert all(is_open(day) for day in days)
    assert sum(is_open(NOON.date() - timedelta(days=back)) for back in range(366)) == len(days)
    away = year.reader.execute(
        "SELECT count(*) FROM absence a JOIN entry e ON e.child_id = a.child_id AND e.day BETWEEN a.first_day"
        " AND a.last_day WHERE a.kind IN ('sick', 'holiday') AND a.state IN ('acknowledged', 'approved')"
    ).fetchone()
    assert away == (0,)
    kinds = {row[0] for row in year.reader.execute("SELECT DISTINCT kind FROM entry")}
    assert kinds >= {
        "sleep", "meal", "bottle", "drink", "nappy", "toilet", "activity", "note", "arrival", "departure",
        "temperature", "medicine", "incident", "sleep_check",
    }  # fmt: skip


def test_every_day_of_the_year_could_have_been_lived(year: Store) -> None:
    stays: dict[tuple[str, str], list[tuple[int, int | None, str]]] = {}
    for child_id, day, start, end, kind in year.reader.execute(
        "SELECT child_id, day, start, \"end\", kind FROM entry ORDER BY child_id, start, kind = 'departure'"
    ):
        stays.setdefault((child_id, day), []).append((start, end, kind))
    for log in stays.values():
        inside, awake_from = False, 0
        for start, end, kind in log:
            assert inside == (kind != "arrival")
            inside = kind != "departure"
            assert end is None or end > start
            if kind not in ("sleep_check", "arrival"):
                assert start >= awake_from
            if kind == "sleep":
                awake_from = end or 0
        assert log[-1][2] == "departure" or log[0][0] > NOON.timestamp() - 86_400


def test_the_journal_verifies_and_holds_every_record(year: Store) -> None:
    assert verify.first_break(year.reader) is None
    entries = year.reader.execute("SELECT count(*) FROM entry").fetchone()
    assert year.reader.execute("SELECT count(*) FROM journal WHERE kind = 'entry' AND rev = 1").fetchone() == entries
    assert year.reader.execute(
        "SELECT count(*) FROM entry e WHERE NOT EXISTS (SELECT 1 FROM journal j WHERE j.record_id = e.id)"
    ).fetchone() == (0,)


LIVED = {
    "saturday noon": datetime(2026, 11, 21, 12, 41, tzinfo=ZONE),
    "sunday of the clock change": datetime(2026, 10, 25, 9, 50, tzinfo=ZONE),
    "christmas": datetime(2026, 12, 25, 15, 10, tzinfo=ZONE),
    "early": datetime(2026, 11, 20, 6, 0, tzinfo=ZONE),
    "late": datetime(2026, 11, 20, 23, 30, tzinfo=ZONE),
    "just after lunch": datetime(2026, 11, 20, 11, 58, tzinfo=ZONE),  # eaten, and not all of it written down yet
    "wednesday afternoon": datetime(2026, 11, 18, 16, 20, tzinfo=ZONE),
    "seen from elsewhere": datetime(2026, 11, 20, 23, 30, tzinfo=UTC),  # past midnight at the location
}
_TIMES = (
    "SELECT max(start) FROM entry", 'SELECT max("end") FROM entry', "SELECT max(recorded_at) FROM entry",
    "SELECT max(reported_at) FROM absence", "SELECT max(decision_at) FROM absence", "SELECT max(at) FROM message",
    "SELECT max(at) FROM journal WHERE verb <> 'add_location'",
)  # fmt: skip


@pytest.mark.parametrize("moment", LIVED)
def test_nothing_lies_ahead_whatever_the_clock_says(moment: str, tmp_path: Path, policy: Policy) -> None:
    now = LIVED[moment]
    place = at(tmp_path / "demo")
    make_sample(place, policy=policy, now=now, days=3)
    with Store(place) as store:
        for question in _TIMES:
            latest = store.reader.execute(question).fetchone()[0]
            assert latest <= now.timestamp(), question
        days = roster(store, now)
        assert all(day.slot is not None for day in days.values() if day.entries)


# By the clock: how many are in at least and at most, how many left at least, and whether anybody had lunch or sleeps.
HOURS = {
    "07:45": (2, 12, 0, False),
    "08:20": (9, 24, 0, False),
    "09:40": (14, 26, 0, False),
    "12:41": (14, 26, 0, True),
    "15:40": (16, 30, 0, True),
    "17:20": (6, 24, 4, True),
    "17:59": (1, 12, 14, True),
}


@pytest.mark.parametrize("clock", HOURS)
@pytest.mark.parametrize("day", [date(2026, 11, 20), date(2026, 11, 18), date(2026, 11, 21)], ids="{:%A}".format)
def test_the_day_is_lived_as_far_as_the_hour_says(clock: str, day: date, tmp_path: Path, policy: Policy) -> None:
    now = datetime.combine(day, time.fromisoformat(clock), ZONE)
    least, most, left, lunch = HOURS[clock]
    assert shown_at(now) == now
    place = at(tmp_path / "demo")
    make_sample(place, policy=policy, now=now, days=1)
    with Store(place) as store:
        days = roster(store, now)
    presence = Counter(one.presence(now, GRACE) for one in days.values())
    assert least <= presence["in"] <= most and presence["out"] >= left, presence
    meals = [(str(e.detail["meal"]), e.start.time()) for one in days.values() for e in one.entries if e.kind == "meal"]
    assert any(meal == "lunch" for meal, _ in meals) == lunch
    assert all(time(11, 15) <= at < time(13, 30) for meal, at in meals if meal == "lunch")
    naps = [entry.start for one in days.values() for entry in one.entries if entry.kind == "sleep"]
    assert all(time(9) <= start.time() for start in naps)
    assert (days["Aya Bakker"].asleep is not None) == (time(9, 15) < now.time() < time(16, 10))
    unreported = [name for name, one in days.items() if one.presence(now, GRACE) == "unreported"]
    assert unreported == (["Evi Mulder"] if now.time() > time(8, 30) else [])


@pytest.mark.parametrize(
    ("now", "shown"),
    [("06:33", "12:55"), ("07:44", "12:55"), ("07:45", "07:45"), ("17:59", "17:59"), ("18:00", "12:55"),
     ("23:59", "12:55"), ("00:00", "12:55")],
)  # fmt: skip
def test_at_an_hour_at_which_nobody_is_there_the_sample_shows_noon(now: str, shown: str) -> None:
    day = date(2026, 10, 25)  # the clock goes back
    assert shown_at(datetime.combine(day, time.fromisoformat(now), ZONE)) == datetime.combine(
        day, time.fromisoformat(shown), ZONE
    )


def everything(store: Store) -> dict[str, Any]:
    """All records by their values, with ids replaced by what they name."""
    db = store.reader
    names = dict(db.execute("SELECT id, given_name || surname FROM child").fetchall())
    for table in ("care_group", "staff", "guardian", "location"):
        names.update(db.execute(f"SELECT id, name FROM {table}").fetchall())
    names.update(db.execute("SELECT id, body || at FROM message").fetchall())
    result: dict[str, Any] = {}
    for table in (
        "location", "care_group", "staff", "child", "slot", "guardian", "guardianship", "restriction", "care_fact",
        "consent", "entry", "absence", "message", "message_to",
    ):  # fmt: skip
        cursor = db.execute(f"SELECT * FROM {table}")
        columns = [one[0] for one in cursor.description]
        rows = [
            tuple(
                str(names.get(value, value))
                for name, value in zip(columns, row, strict=True)
                if name not in ("id", "thread_id")
            )
            for row in cursor
        ]
        result[table] = sorted(rows)
    result["acts"] = db.execute(
        "SELECT verb, kind, at, rev FROM journal WHERE verb <> 'add_location' ORDER BY seq"
    ).fetchall()
    return result


def test_the_same_seed_and_moment_give_the_same_sample(tmp_path: Path, policy: Policy) -> None:
    found = []
    for number, seed in enumerate((7, 7, 8)):
        place = at(tmp_path / str(number))
        make_sample(place, policy=policy, now=NOON, seed=seed, days=10)
        with Store(place) as store:
            found.append(everything(store))
    assert found[0] == found[1]
    assert found[0]["entry"] != found[2]["entry"]


@pytest.mark.parametrize("language", ["nb", "en"])
def test_other_languages_have_their_own_people(language: str, tmp_path: Path) -> None:
    place, policy = at(tmp_path / "demo"), profile.load(profile_of(language))
    steps: list[tuple[int, int]] = []
    make_sample(
        place, policy=policy, now=NOON, language=language, days=2, progress=lambda done, of: steps.append((done, of))
    )
    assert steps[-1][0] == steps[-1][1] and steps == sorted(steps)
    with Store(place) as store:
        here = location(store.reader)
        portal = {"en": ("bitcare", "Europe/Amsterdam"), "nb": ("vigilo", "Europe/Oslo")}[language]
        assert (here.language, here.profile, here.timezone) == (language, *portal)
        assert "Vlinders" not in {group.name for group in groups(store.reader)}
        everybody = children(store.reader)
        assert len(everybody) == 35
        assert max(Counter(child.given_name for child in everybody).values()) == 2
        assert any(38 <= len(child.full_name) <= 50 for child in everybody)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sample_keeps_to_what_its_portal_knows(language: str, tmp_path: Path) -> None:
    place, policy = at(tmp_path / "demo"), profile.load(profile_of(language))
    assert policy.log_language == language or language == "en"
    make_sample(place, policy=policy, now=NOON, language=language, days=60)
    with Store(place) as store:
        rows = store.reader.execute("SELECT kind, nature, decided_by, state, rule, channel FROM absence").fetchall()
        scopes = {row[0] for row in store.reader.execute("SELECT DISTINCT scope FROM consent")}
        sent = store.reader.execute("SELECT subject, body FROM message WHERE direction = 'out'").fetchall()
        here = store.reader.execute("SELECT DISTINCT text FROM entry WHERE share = 'guardians'").fetchall()
    assert scopes == set(policy.photo.scopes)
    assert len({kind for kind, *_ in rows}) >= 6
    for kind, nature, decided_by, state, rule, channel in rows:
        judged = policy.absences[kind]
        assert judged.offered or channel != "portal", f"parents cannot report {kind} there"
        assert nature == judged.nature and decided_by in {judged.decided_by, judged.under_days_by}
        assert state in {"notice": ("new", "acknowledged"), "request": ("new", "approved", "refused")}[nature]
        assert policy.origin(rule).source
    waiting = {kind for kind, _, _, state, *_ in rows if state == "new"}
    assert {"sick", "holiday", "late", "leave", "other_pick_up"} < waiting
    assert sent and here
    for words in sent:
        found = check_text("\n".join(filter(None, words)), language, policy=policy)
        assert not [one for one in found if one.level == "block"], words


def test_an_existing_database_is_left_alone(place: Locations, policy: Policy) -> None:
    before = place.database.read_bytes()
    with pytest.raises(DatabaseFault, match="db_exists"):
        make_sample(place, policy=policy, now=NOON)
    assert place.database.read_bytes() == before and place.key.exists()


def test_a_try_that_fails_leaves_no_half_sample(tmp_path: Path, policy: Policy) -> None:
    place = at(tmp_path / "demo")

    def stop(done: int, of: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_sample(place, policy=policy, now=NOON, days=40, progress=stop)
    assert not place.database.exists() and not place.key.exists()
    make_sample(place, policy=policy, now=NOON, days=1)


def test_wrong_use_is_said_before_anything_is_made(tmp_path: Path, policy: Policy) -> None:
    place = at(tmp_path / "demo")
    with pytest.raises(ValueError, match="zone"):
        make_sample(place, policy=policy, now=datetime(2026, 11, 20, 12))
    with pytest.raises(ValueError, match="language"):
        make_sample(place, policy=policy, language="de")
    assert not place.data.exists()


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2025-04-21", "Easter Monday"), ("2026-04-06", "Easter Monday"), ("2025-04-26", "King's Day on a Saturday"),
        ("2026-04-27", "King's Day"), ("2026-05-14", "Ascension Day"), ("2026-05-25", "Whit Monday"),
        ("2025-05-05", "Liberation Day of a fifth year"), ("2026-12-25", "Christmas"), ("2027-01-01", "New Year"),
    ],
)  # fmt: skip
def test_public_holidays(day: str, why: str) -> None:
    assert date.fromisoformat(day) in public_holidays(int(day[:4])), why
    assert date(2026, 5, 5) not in public_holidays(2026)
