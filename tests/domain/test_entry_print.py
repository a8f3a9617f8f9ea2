"""Printing and reading are one: whatever a plan or a record holds can also be typed."""

import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kindertui.domain.absences import ABSENCE_KINDS, Absence
from kindertui.domain.daylog import Entry, Kind
from kindertui.domain.delivery import HTML
from kindertui.domain.entry import (
    COMMAND_WORDS,
    PROBLEMS,
    VERB_KIND,
    AbsenceReport,
    CommandWord,
    Grid,
    LineProblem,
    Plan,
    Roster,
    RosterChild,
    Step,
    entry_to_line,
    grid_plan,
    named_day,
    parse,
    to_line,
)
from kindertui.domain.entry.everybody import among, everybody
from kindertui.domain.entry.reading import LASTING
from kindertui.domain.entry.words import CHANNEL_WORDS, MEAL_VERBS, WORDS_REQUIRED
from tests.domain.entry_roster import CHILDREN, NOW, ROSTER, ZONE, clock, problem, read, step

LANGUAGES = ("en", "nl", "nb")
languages = st.sampled_from(LANGUAGES)
# Names and words as people write them, and those the language could take for something else.
TRICKY = r"150 1130 -10 all ¾ wet ; \ a;b \; = @morgen & &y 25-11 via ml in no no, nee nap ? -"
TRICKY += " ! !! !x x! staff staff: intern"
words = st.one_of(
    st.sampled_from(TRICKY.split()),
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=8),
)
texts = st.lists(words, max_size=4).map(lambda parts: unicodedata.normalize("NFC", " ".join(" ".join(parts).split())))
children = st.lists(st.sampled_from([child.id for child in CHILDREN]), min_size=1, max_size=4, unique=True).map(tuple)
moments = st.integers(0, 24 * 60 - 1).map(lambda m: datetime(2026, 11, 20, m // 60, m % 60, tzinfo=ZONE))
ends = st.tuples(moments, st.integers(0, 1)).map(lambda end: end[0] + timedelta(days=end[1]))
# Days a line may be for; on the last of them the clocks went back.
past_days = st.sampled_from([date(2026, 11, 20), date(2026, 11, 19), date(2025, 11, 21), date(2026, 10, 25)])
hours = st.integers(0, 24 * 60 - 1).map(lambda m: time(m // 60, m % 60))
days = st.integers(-200, 400).map(lambda n: NOW.date() + timedelta(days=n))


@st.composite
def steps(draw: st.DrawFn) -> Step:
    verb = draw(st.sampled_from(sorted(VERB_KIND)))
    kind = VERB_KIND[verb]
    start, end = draw(moments), draw(st.none() | ends)
    for_staff = draw(st.booleans())
    text = draw(texts if verb not in WORDS_REQUIRED else texts.filter(bool))
    if not for_staff:  # parents read it, and the portal takes no such text
        text = HTML.sub("<", text)
    amount: float | None = None
    detail: Mapping[str, Any] = {"meal": verb} if verb in MEAL_VERBS else {}
    if kind == "meal":
        amount = draw(st.sampled_from([None, 0.0, 0.25, 0.5, 0.75, 1.0, 0.6]))
    elif kind in ("bottle", "drink"):
        amount = draw(st.integers(0, 999)) if kind == "bottle" else draw(st.none() | st.integers(0, 999))
        if amount is not None and draw(st.booleans()):
            detail = {"offered": draw(st.integers(0, 999))}
    elif kind == "temperature":
        amount = draw(st.integers(300, 450)) / 10
    elif kind == "nappy":
        detail = {"content": draw(st.sampled_from(["wet", "soiled", "both", "dry"]))}
    unit = {"meal": "portion", "bottle": "ml", "drink": "ml", "temperature": "°C"}[kind] if amount is not None else None
    one = Step(
        (), kind, start, None, amount=amount, unit=unit, detail=detail, text=text, verb=verb, for_staff=for_staff
    )  # fmt: skip
    if verb == "woke":
        return replace(one, start=None, end=end or start, ends_open=True)
    if end is not None and kind in LASTING:
        return replace(one, end=end)
    if verb == "sleep" and draw(st.booleans()):
        return replace(one, end=start, detail={"none": True})
    return replace(one, leaves_open=verb == "sleep")


@st.composite
def reports(draw: st.DrawFn) -> AbsenceReport:
    kind = draw(st.sampled_from(ABSENCE_KINDS))
    first = draw(days)
    last: date | None = draw(days)
    if kind != "swap_day":
        last = max(first, last or first)
        if kind == "sick" and draw(st.booleans()):
            last = None
    text = draw(texts if kind != "other_pick_up" else texts.filter(bool))
    channel = draw(st.sampled_from(sorted(CHANNEL_WORDS)))
    return AbsenceReport((), kind, first, last, draw(st.none() | hours), draw(st.none() | hours), text, channel)  # type: ignore[arg-type]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    who = draw(children)
    if draw(st.integers(0, 9)) == 0:
        return Plan((CommandWord(draw(st.sampled_from(["call", "week", "history", "hand_over"])), "", who),))
    parts = draw(st.lists(st.one_of(steps(), steps(), reports()), min_size=1, max_size=3))
    return draw(on_a_day(Plan(tuple(replace(part, children=who) for part in parts))))


@st.composite
def on_a_day(draw: st.DrawFn, plan: Plan) -> Plan:
    """The plan as it is, or of another day: every time of it moved there."""
    day = draw(st.none() | past_days)
    if day is None:
        return plan
    return replace(
        plan, parts=tuple(_moved(part, day) if isinstance(part, Step) else part for part in plan.parts), day=day
    )


def _moved(step: Step, day: date) -> Step:
    def there(moment: datetime | None) -> datetime | None:
        if moment is None:
            return None
        on = day + (moment.date() - NOW.date())
        return moment.replace(year=on.year, month=on.month, day=on.day)

    return replace(step, start=there(step.start), end=there(step.end))


ASLEEP = replace(ROSTER, children=tuple(replace(one, asleep=one.id in ("aya", "cato", "oster")) for one in CHILDREN))


@st.composite
def plans_for_all(draw: st.DrawFn) -> Plan:
    """What is typed for all, menus among it, with children taken away as the line goes on."""
    parts = []
    for one in draw(st.lists(steps(), min_size=1, max_size=3)):
        parts.append(
            replace(one, menu=bool(one.detail.get("meal") and one.text and not one.for_staff) and draw(st.booleans()))
        )
    who = everybody(ASLEEP, among(parts[0]))
    told = []
    for part in parts:
        gone = draw(st.sets(st.sampled_from(who), max_size=len(who) - 1))
        who = tuple(child for child in who if child not in gone)
        told.append(replace(part, children=who))
    return Plan(tuple(told))


@given(plans(), languages)
@settings(max_examples=250, deadline=None)
def test_what_is_printed_is_read_back(plan: Plan, language: str) -> None:
    line = to_line(plan, ROSTER, language, NOW.date())
    if len(line) <= 500:
        assert parse(line, ROSTER, NOW, language) == plan, line


@given(plans_for_all(), languages)
@settings(max_examples=150, deadline=None)
def test_what_is_printed_for_all_is_read_back(plan: Plan, language: str) -> None:
    line = to_line(plan, ASLEEP, language, NOW.date())
    if len(line) <= 500:
        assert parse(line, ASLEEP, NOW, language) == plan, line


def test_a_minus_among_the_words_of_a_line_for_all_takes_nobody_away() -> None:
    plan = read(r"all in 802; n 1130 \-evi \-x; wc 1130 -evi")
    line = to_line(plan, ROSTER, "en")
    assert line == r"* in 08:02; note 11:30 \-evi \-x; -Evi wc 11:30"
    assert read(line) == plan


def test_what_no_line_can_mean_is_not_printed() -> None:
    one = step("aya n 1130 x")
    with pytest.raises(ValueError):
        to_line(Plan((one, replace(one, children=("bram",)))), ROSTER, "en")


@given(st.text(max_size=40), languages)
@example("\u07eb", "en")  # a mark without a letter: nothing is left of it to compare
@settings(max_examples=400, deadline=None)
def test_no_text_makes_it_raise(line: str, language: str) -> None:
    result = parse(line, ROSTER, NOW, language)
    assert isinstance(result, Plan) or (result.rule in PROBLEMS and 0 <= result.at <= len(line))
    assert named_day(line, ROSTER, NOW, language) is None or "@" in line


@pytest.mark.parametrize("line", ["x" * 10_000, "n " + "= " * 5_000, "@" * 10_000, "aya " * 2_500, "&" * 501])
def test_what_is_far_too_long_is_refused_whole(line: str) -> None:
    found = parse(line, ROSTER, NOW, "en")
    assert isinstance(found, LineProblem)
    assert (found.rule, found.at) == ("too_long", 500)


def test_an_emoji_is_a_word_and_a_name_of_one_is_printed_by_the_id() -> None:
    assert step("n 🎈 party 🎈").text == "🎈 party 🎈"
    odd = Roster((RosterChild("id-odd", "🦄", "🦄", is_in=True), *CHILDREN), cursor="aya")
    plan = read("#id-odd n x", roster=odd)
    assert read(to_line(plan, odd, "en"), roster=odd) == plan
    assert to_line(read("all n x -#id-odd; n y -aya", roster=odd), odd, "nl").startswith("* -#id-odd notitie")
    assert problem("🦄 s 1230", roster=odd).rule == "word_unknown"


ALPHABET = [
    "aya", "em", "v", "all", "*", "-aya", "s", "b", "d", "lunch", "temp", "1230", "-1415", "1230-", "150", "180/150",
    "¾", "wet", "oma", ";", "=", "@x", "&", "&y", "\\", "sick", "swap", "25-11", "until", "via", "email", "group",
    "#aya", "#", "w", "@y", "menu", "0030+", "2330-0030+", "0830", "=-=", "-bram", "check",
    "no", "no,", "?", "?n", "nap", "-", "!", "!x", "staff:", "staff",
]  # fmt: skip


@given(st.lists(st.sampled_from(ALPHABET), max_size=9), languages)
@settings(max_examples=400, deadline=None)
def test_no_mix_of_its_own_words_makes_it_raise(typed: list[str], language: str) -> None:
    line = " ".join(typed)
    result = parse(line, ROSTER, NOW, language)
    if isinstance(result, LineProblem):
        assert result.rule in PROBLEMS
        assert 0 <= result.at <= result.at + result.length <= len(line)
    else:
        assert parse(to_line(result, ROSTER, language, NOW.date()), ROSTER, NOW, language) == result
        (part, *_) = result.parts
        if isinstance(part, Grid):
            assert grid_plan(part, {}, ROSTER, NOW, language, day=result.day).plan is None
            cells = {child: tuple(typed[: len(part.holes)]) for child in part.children}
            found = grid_plan(part, cells, ROSTER, NOW, language, day=result.day)
            assert set(found.steps) | set(found.problems) <= set(part.children)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(COMMAND_WORDS["en"]))
def test_commands_are_read_back(language: str, name: str) -> None:
    plan = Plan((CommandWord(name, "uil; x" if name != "memo" else ""),))
    assert parse(to_line(plan, ROSTER, language), ROSTER, NOW, language) == plan


def test_names_are_as_short_as_they_may_be() -> None:
    assert to_line(read("em v oster s 1230"), ROSTER, "nb") == "Emma Visser Øster sov 12:30-"
    twins = Roster((RosterChild("0197-aaaa", "Emma", "Bos"), RosterChild("0197-bbbb", "Emma", "Bos")))
    line = to_line(Plan((Step(("0197-bbbb",), "sleep", clock("12:30"), leaves_open=True, verb="sleep"),)), twins, "en")
    assert line == "#0197-bbbb sleep 12:30-"
    assert step("#bbbb sleep 1230", roster=twins).children == ("0197-bbbb",)


def entry(kind: Kind, start: str, end: str | None = None, *, next_day: bool = False, **rest: Any) -> Entry:
    begin = clock(start).astimezone(UTC)
    finish = clock(end).astimezone(UTC) + timedelta(days=next_day) if end else None
    return Entry("id", 1, "aya", date(2026, 11, 20), kind, begin, finish, **rest)


@pytest.mark.parametrize(
    ("record", "language", "line"),
    [
        (entry("sleep", "12:30"), "en", "sleep 12:30-"),
        (entry("sleep", "12:30", "14:15", text="restless"), "nl", "slaap 12:30-14:15 restless"),
        (entry("sleep", "12:45", "12:45", detail={"none": True}), "en", "sleep no 12:45"),
        (entry("sleep", "12:45", "12:45", detail={"none": True}, text="huilde, 3 keer"), "nl",
         "slaap niet 12:45 huilde, 3 keer"),
        (entry("sleep", "12:45", "12:45", detail={"none": True}, text="13:00 no"), "nb", r"sov ikke 12:45 \13:00 \no"),
        (entry("sleep", "12:30", "14:15", text="no"), "nl", r"slaap 12:30-14:15 \no"),
        (entry("sleep_check", "12:45"), "nb", "tilsyn 12:45"),
        (entry("sleep", "23:30", "00:30", next_day=True), "en", "sleep 23:30-00:30+"),
        (entry("meal", "11:30", "11:50", amount=0.75, detail={"meal": "lunch"}), "nl", "lunch 11:30-11:50 3/4"),
        (entry("meal", "11:30", amount=1.0, detail={"meal": "fruit"}, text="peer"), "nb", "frukt 11:30 alt peer"),
        (entry("meal", "11:30", text="2 sandwiches"), "en", "meal 11:30 2 sandwiches"),
        (entry("meal", "11:30", text="1 sandwich"), "en", "meal 11:30 1 sandwich"),
        (entry("meal", "11:30", detail={"meal": "tea"}), "en", "meal 11:30"),
        (entry("bottle", "08:15", amount=150.0, unit="ml", detail={"offered": 180}), "nb", "flaske 08:15 180/150"),
        (entry("drink", "08:15", amount=99.5, unit="ml", text="water"), "en", "drink 08:15 99.5 water"),
        (entry("nappy", "11:10", detail={"content": "soiled"}), "nb", "bleie 11:10 bæsj"),
        (entry("toilet", "11:10"), "nl", "wc 11:10"),
        (entry("temperature", "11:10", amount=38.2), "en", "temp 11:10 38.2"),
        (entry("temperature", "11:10", amount=38.2), "nl", "temp 11:10 38,2"),
        (entry("drink", "08:15", amount=99.5, unit="ml", detail={"offered": 120.5}), "nb", "drikke 08:15 120,5/99,5"),
        (entry("meal", "11:30", amount=0.3, detail={"meal": "lunch"}), "nb", "lunsj 11:30 0,3"),
        (entry("medicine", "11:10", text="paracetamol"), "nl", "medicijn 11:10 paracetamol"),
        (entry("incident", "11:10", text="fell; cried"), "en", r"incident 11:10 fell\; cried"),
        (entry("arrival", "08:02", text="mother"), "en", "in 08:02 mother"),
        (entry("departure", "17:30", text="oma"), "nl", "uit 17:30 oma"),
        (entry("note", "17:30", text="moeder belde", share="staff_only"), "nl", "notitie 17:30 ! moeder belde"),
        (entry("meal", "11:30", amount=0.75, detail={"meal": "lunch"}, share="staff_only"), "nb", "lunsj 11:30 3/4 !"),
        (entry("incident", "11:10", text="fell", share="staff_only"), "en", "incident 11:10 fell"),
        (entry("incident", "11:10", text="fell", share="staff_only", detail={"for_staff": True}), "en",
         "incident 11:10 ! fell"),
    ],
)  # fmt: skip
def test_a_record_as_a_line(record: Entry, language: str, line: str) -> None:
    assert entry_to_line(record, language, ZONE) == line
    found = step(line, language)
    assert (found.kind, found.start, found.end, found.text) == (record.kind, record.start, record.end, record.text)
    assert found.not_slept == record.not_slept
    assert found.for_staff == record.for_staff
    assert found.amount == record.amount


def test_an_hour_that_comes_twice_is_printed_with_its_letter() -> None:
    for fold, letter in ((0, "a"), (1, "b")):
        start = datetime(2026, 10, 25, 2, 30, tzinfo=ZONE, fold=fold)
        record = Entry("id", 1, "aya", start.date(), "note", start.astimezone(UTC), text="x")
        assert entry_to_line(record, "en", ZONE) == f"note 02:30{letter} x"
        read_back = step(f"note 02:30{letter} x", now=datetime(2026, 10, 25, 12, tzinfo=ZONE)).start
        assert read_back is not None
        assert read_back.timestamp() == start.timestamp()


def test_a_report_fits_an_absence() -> None:
    """The two name their kinds and channels alike, so that a report becomes an absence field by field."""
    (part,) = read("daan sick until 25-11 via email").parts
    assert isinstance(part, AbsenceReport)
    absence = Absence("id", 1, part.children[0], part.kind, part.first_day, part.last_day, part.channel, NOW)
    assert absence.covers(date(2026, 11, 25))
    assert not absence.covers(date(2026, 11, 26))
