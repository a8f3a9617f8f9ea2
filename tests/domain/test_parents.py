"""What parents would read of a line: each text for each child, by the guard and by the names of all children."""

import pytest
from msgspec.structs import replace

from kindertui.domain.daylog import KINDS, STAFF_ONLY, Entry, Kind
from kindertui.domain.entry.model import Plan, Step
from kindertui.domain.parents import EVERYBODY, PARENT_RULES, ParentGuard, overridden
from kindertui.domain.people import Child
from kindertui.domain.policy import GuardLevel, GuardRule, Policy
from kindertui.portal import profile
from tests.domain.entry_roster import NOW

BITCARE, OPEN = profile.load("bitcare"), profile.load("open")


def child(given: str, surname: str, prefix: str = "") -> Child:
    return Child(f"{given}-{surname}".casefold(), given, prefix, surname, None, None)


NOAH, FENNA, EMMA_V, EMMA_J = (
    child("Noah", "Smit"),
    child("Fenna", "Post"),
    child("Emma", "Visser"),
    child("Emma", "Jansen"),
)
STORM, SOREN, BO = child("Storm", "Bos"), child("Søren", "Dahl"), child("Bo", "Berg", "van den")
DAAN, LIES, LIESJE, ALI, AYA = (
    child("Daan", "Jansen"),
    child("Lies", "Kuiper"),
    child("Liesje", "Mol"),
    child("Ali", "Demir"),
    child("Aya", "Ali"),
)
CHILDREN = (NOAH, FENNA, EMMA_V, EMMA_J, STORM, SOREN, BO, DAAN, LIES, LIESJE, ALI, AYA)


def guard(policy: Policy = OPEN, language: str = "nl", *, manager: bool = False) -> ParentGuard:
    return ParentGuard(CHILDREN, policy, language, manager=manager)


def note(text: str, *children: Child, kind: Kind = "note", for_staff: bool = False) -> Step:
    return Step(tuple(one.id for one in children), kind, NOW, text=text, verb=kind, for_staff=for_staff)


def nobody_sleeps(_child_id: str) -> Entry | None:
    return None


def found(step: Step, policy: Policy = OPEN, *, manager: bool = True) -> list[tuple[str, str, str, str]]:
    findings = guard(policy, manager=manager).step(step, nobody_sleeps)
    return [(one.rule.removeprefix("parents_"), one.level, one.child_id, one.args["words"]) for one in findings]


@pytest.mark.parametrize(
    ("text", "about", "words"),
    [
        ("speelde met Fenna", NOAH, "Fenna"),
        ("Fenna's moeder was er", NOAH, "Fenna's"),
        ("speelde met Fenna Post", NOAH, "Fenna Post"),
        ("speelde met fenna en søren", NOAH, "fenna\nsøren"),
        ("samen met Bo van den Berg", NOAH, "Bo van den Berg"),
        ("Emma deelde met Emma Jansen", EMMA_V, "Emma Jansen"),
        ("Daantje deelde", NOAH, "Daantje"),
        ("samen met Liesje", LIES, "Liesje"),  # a child's own name before another's diminutive
        ("de moeder van Jansen belde", NOAH, "Jansen"),
        ("familie Visser was er", EMMA_J, "Visser"),
        ("bij familie van den Berg", NOAH, "van den Berg"),
        ("speelde met Ali", AYA, "Ali"),
        ("de moeder van Ali belde", AYA, "Ali"),
    ],
)
def test_another_childs_name_is_found_anywhere_at_the_location(text: str, about: Child, words: str) -> None:
    assert found(note(text, about)) == [("other_child_named", "warning", about.id, words)]


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Noah at goed", NOAH),
        ("Emma at goed", EMMA_V),  # her own name, which another has too
        ("Emma Visser at goed", EMMA_V),
        ("het was storm buiten", NOAH),
        ("lekker gespeeld", NOAH),
        ("Daantje at goed", DAAN),
        ("de moeder van Jansen belde", EMMA_J),  # her own surname, or her brother's
        ("familie Ali was er", AYA),  # a family's name, which another child is called by
        ("bij familie van den Berg", BO),
        ("een broodje van de bakker", NOAH),
    ],
)
def test_her_own_name_and_a_word_that_is_one_too_are_let_be(text: str, about: Child) -> None:
    assert found(note(text, about)) == []


def test_a_text_for_several_is_judged_for_each() -> None:
    step = note("Noah en Fenna bouwden samen", NOAH, FENNA, STORM)
    assert found(step) == [
        ("other_child_named", "warning", NOAH.id, "Fenna"),
        ("other_child_named", "warning", FENNA.id, "Noah"),
        ("other_child_named", "warning", STORM.id, "Noah\nFenna"),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_that_leaves_is_judged_and_no_other(kind: Kind) -> None:
    step = note("speelde met Fenna", NOAH, kind=kind)
    assert bool(found(step)) is (kind not in STAFF_ONLY)
    assert found(replace(step, for_staff=True)) == []
    silent = replace(OPEN, shared={"guardians": (), "staff_only": ()})
    assert found(step, silent) == []  # nothing leaves at all


def test_a_menu_that_is_only_kept_is_read_by_everybody() -> None:
    step = replace(note("taart van Fenna", kind="meal"), menu=True)
    assert found(step) == [("other_child_named", "warning", EVERYBODY, "Fenna")]


@pytest.mark.parametrize("level", ["warn", "block"])
def test_what_is_found_only_a_manager_sends(level: GuardLevel) -> None:
    policy = replace(OPEN, guard={**OPEN.guard, "health": GuardRule(check=True, level=level, way="phone")})
    for text, rule, word in (
        ("heeft koorts", "health_words", "koorts"), ("met Fenna", "other_child_named", "Fenna"),
    ):  # fmt: skip
        step = note(text, NOAH)
        assert found(step, policy, manager=False) == [(rule, "error", NOAH.id, word)]
        assert found(step, policy) == [(rule, "warning", NOAH.id, word)]
    off = replace(OPEN, guard={**OPEN.guard, "health": GuardRule(check=False, level=level, way="phone")})
    assert found(note("heeft koorts", NOAH), off) == []


def test_a_correction_that_leaves_the_words_is_not_asked_again() -> None:
    step = note("speelde met Fenna", NOAH)
    stands = Entry("e", 1, NOAH.id, NOW.date(), "note", NOW, text=step.text)
    judge = guard()
    assert judge.step(step, nobody_sleeps, replacing=stands) == ()
    assert judge.step(step, nobody_sleeps, replacing=replace(stands, text="speelde"))
    # parents have not read what was kept from them
    assert judge.step(step, nobody_sleeps, replacing=replace(stands, share="staff_only"))


def test_words_added_to_a_sleep_that_is_kept_stay_with_it() -> None:
    woke = Step((NOAH.id, STORM.id), "sleep", None, NOW, ends_open=True, text="naast Fenna", verb="woke")
    kept = Entry("e", 1, NOAH.id, NOW.date(), "sleep", NOW, share="staff_only")
    sleeps = {NOAH.id: kept, STORM.id: replace(kept, child_id=STORM.id, share="guardians")}
    assert [one.child_id for one in guard().step(woke, sleeps.get)] == [STORM.id]


def test_a_plan_is_judged_part_by_part() -> None:
    plan = Plan((note("met Fenna", NOAH), note("met Noah", NOAH), note("heeft koorts", NOAH)))
    findings = guard().plan(plan, nobody_sleeps)
    assert [one.rule for one in findings] == ["parents_other_child_named", "parents_health_words"]
    assert {one.rule for one in findings} <= PARENT_RULES
    assert overridden(findings, NOAH.id) == ("child_name", "health")
    assert overridden(findings, FENNA.id) == ()


def test_whose_name_a_text_begins_with() -> None:
    judge = guard()
    assert judge.begins_with("Fenna is verdrietig") == ("Fenna", frozenset({FENNA.id}))
    assert judge.begins_with("Fenna Post is verdrietig") == ("Fenna Post", frozenset({FENNA.id}))
    assert judge.begins_with("emma is verdrietig") == ("emma", frozenset({EMMA_V.id, EMMA_J.id}))
    assert judge.begins_with("Daantje is verdrietig") == ("Daantje", frozenset({DAAN.id}))
    assert judge.begins_with("met Fenna") == ("", frozenset())
    assert judge.begins_with("lekker gespeeld") == ("", frozenset())


def test_the_portals_language_decides() -> None:
    assert ParentGuard(CHILDREN, replace(OPEN, log_language="nb"), "nl").language == "nb"
    assert guard(BITCARE).language == (BITCARE.log_language or "nl")
