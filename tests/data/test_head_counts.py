"""Head counts: both counts are one record and one act, and it says who was missing when."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from kindertui.data import drafts, head_counts, journal, undo
from kindertui.data.act import Actor
from kindertui.data.queries import head_counts as questions
from kindertui.data.store import Store
from kindertui.domain.head_counts import Counting, FirstCount
from kindertui.domain.history import Act
from kindertui.phrases.head_counts import count_lines, saved_words
from kindertui.phrases.history import act_words
from tests.conftest import People

ZONE = ZoneInfo("Europe/Amsterdam")


def first(people: People, *found: str, reason: str = "zoo") -> FirstCount:
    ids = tuple(people.children[name] for name in ("Aya", "Bram", "Søren"))
    now = datetime.now(ZONE)
    seen = tuple(people.children[name] for name in found)
    return FirstCount(now.date(), people.groups["Vlinders"], reason, ids, seen, now - timedelta(minutes=9))


def test_both_counts_are_kept_and_taken_back_as_one(store: Store, people: People, ina: Actor) -> None:
    aya, bram, soren = (people.children[name] for name in ("Aya", "Bram", "Søren"))
    before = first(people, "Aya", "Søren", reason=" zoo\x1b[2J ")
    kept = store.call(head_counts.keep_count, ina, before, (soren, bram))
    assert kept.expected == (aya, bram, soren) and kept.first == (aya, soren)
    assert kept.second == (bram, soren)  # in the order of the list
    assert kept.missing == ((bram,), (aya,)) and kept.by == "Ina" and kept.reason == "zoo[2J"
    assert (kept.second_at - kept.first_at) >= timedelta(minutes=8)
    assert questions.of_day(store.reader, before.day, ZONE) == (kept,)
    assert not questions.of_day(store.reader, before.day - timedelta(days=1), ZONE)
    act: Act = store.call(undo.undo, ina)
    assert act_words(act, {}).startswith("head count (Ina, ") and act.records == 1
    assert not questions.of_day(store.reader, before.day, ZONE) and questions.count(store.reader, kept.id, ZONE) is None
    store.call(undo.redo, ina)
    assert [one.id for one in questions.of_day(store.reader, before.day, ZONE)] == [kept.id]
    assert before.at.astimezone(UTC) - kept.first_at < timedelta(seconds=1)


def test_only_those_who_should_be_there_are_counted(store: Store, people: People, ina: Actor) -> None:
    noor = people.children["Noor"]
    for count, second in ((first(people, "Noor"), ()), (first(people), (noor,)), (FirstCount(
        first(people).day, None, "", (), (), datetime.now(ZONE)), ())):  # fmt: skip
        with pytest.raises(ValueError, match="who should be there"):
            store.call(head_counts.keep_count, ina, count, second)


def test_what_differs_is_said_by_name(store: Store, people: People, ina: Actor) -> None:
    names = {id: name for name, id in people.children.items()}
    groups = {id: name for name, id in people.groups.items()}
    aya, bram, soren = (people.children[name] for name in ("Aya", "Bram", "Søren"))
    whole = store.call(head_counts.keep_count, ina, first(people, "Aya", "Bram", "Søren"), (aya, bram, soren))
    assert saved_words(whole, names) == "counted twice: 3 and 3 of 3 (zoo)"
    odd = store.call(head_counts.keep_count, ina, first(people, "Aya", reason=""), (soren,))
    said = [line.text for line in count_lines(odd, names, groups)]
    assert said[0].endswith(" · Vlinders · Ina") and said[2:] == [
        "MISSING: Bram",
        "MISSING at the second count: Aya",
        "missing at the first count, found at the second: Søren",
    ]
    assert saved_words(odd, names).startswith("MISSING: Bram · MISSING at the second count: Aya · ")
    assert saved_words(odd, names).endswith("counted twice: 1 and 1 of 3")


def test_a_count_that_goes_on_is_of_the_group_and_the_day_and_no_record(
    store: Store, ina: Actor, people: People
) -> None:
    def going_on(day: date, group: str | None) -> Counting | None:
        return questions.goes_on(store.reader, day, ZONE, group)

    before = journal.head(store.reader)
    one = first(people, "Aya")
    one, group = replace(one, at=one.at.replace(microsecond=0)), people.groups["Vlinders"]
    reason = 'zoo ";[b]\u202e é ' + "x" * 200
    half = Counting(one.day, group, reason, one.expected, one.expected[1:], one.at)
    whole = replace(half, ticked=(), first=replace(one, reason=reason))
    for counting in (half, whole, replace(whole, ticked=one.expected[:1]), replace(half, group_id=None)):
        store.call(head_counts.keep_counting, ina, counting)
        assert going_on(one.day, counting.group_id) == counting
    assert len(questions.going_on(store.reader, one.day, ZONE)) == 2
    assert going_on(one.day, people.groups["Uilen"]) is None and going_on(one.day + timedelta(days=1), group) is None
    assert journal.head(store.reader) == before  # no record before both halves are there
    store.call(head_counts.keep_count, ina, one, one.expected)
    (left,) = questions.going_on(store.reader, one.day, ZONE)
    assert left.group_id is None  # that of all groups goes on
    store.call(drafts.keep, ina, "line:roster", "b 120")
    later = replace(half, day=one.day + timedelta(days=1))
    store.call(head_counts.keep_counting, ina, later)
    assert questions.going_on(store.reader, one.day, ZONE) == () and going_on(later.day, group) is not None
    store.call(head_counts.keep_counting, ina, replace(later, ticked=()))  # nothing in it is nothing to keep
    assert going_on(later.day, group) is None
    assert drafts.kept(store.reader, ina.staff_id, "line:roster") == "b 120"
