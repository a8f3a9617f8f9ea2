"""The shipped profiles, and a location's own file over them."""

from datetime import time as clock
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kindertui.domain.absences import ABSENCE_KINDS
from kindertui.domain.daylog import KINDS
from kindertui.domain.policy import Origin, Policy, PolicyProblem
from kindertui.phrases.portal import policy_words
from kindertui.portal import profile

PORTALS = ("basisonline", "bitcare", "mik-konnect", "social-schools", "vigilo")


def overridden(tmp_path: Path, text: str, profile_id: str = "bitcare") -> Policy:
    path = tmp_path / "profile.toml"
    path.write_text(text, encoding="utf-8")
    return profile.load(profile_id, path)


def problem(tmp_path: Path, text: str, profile_id: str = "bitcare") -> tuple[str, str]:
    with pytest.raises(PolicyProblem) as caught:
        overridden(tmp_path, text, profile_id)
    return caught.value.where, caught.value.rule


def test_names() -> None:
    assert profile.names() == ("basisonline", "bitcare", "mik-konnect", "open", "social-schools", "vigilo")


@pytest.mark.parametrize("name", profile.names())
def test_every_profile_is_whole(name: str) -> None:
    policy = profile.load(name)
    assert policy.id == name
    assert set(policy.absences) == set(ABSENCE_KINDS)
    assert policy.may_leave("guardians", "none")
    assert not any(policy.may_leave("guardians", kind) for kind in ("health", "special", "safeguarding"))
    assert not any(policy.may_leave("staff_only", kind) for kind in ("none", "health", "special", "safeguarding"))


@pytest.mark.parametrize("name", PORTALS)
def test_a_portal_has_its_own_words_in_its_language(name: str) -> None:
    policy = profile.load(name)
    assert policy.log_language == ("nb" if name == "vigilo" else "nl")
    assert [kind for kind in (*KINDS, *ABSENCE_KINDS) if not policy.word(kind)] == []
    assert policy.word("nappy") == ("bleie" if name == "vigilo" else "luier")


def tables(data: dict[str, Any], path: str = "") -> dict[str, dict[str, Any]]:
    """Every table that holds a value, by path."""
    found = {}
    if path and any(not isinstance(value, dict) for value in data.values()):
        found[path] = data
    for key, value in data.items():
        if isinstance(value, dict):
            found.update(tables(value, f"{path}.{key}" if path else key))
    return found


@pytest.mark.parametrize("name", profile.names())
def test_every_value_says_where_it_comes_from(name: str) -> None:
    # Asked of the file itself: merged over the base a forgotten source would quietly be the base's.
    own = tables(profile.read_profile(name))
    assert [path for path, table in own.items() if not path.startswith("sources") and not table.get("source")] == []
    if name in PORTALS:
        listed = set(profile.read_profile(name)["sources"])
        used = {
            source
            for path, table in own.items()
            if not path.startswith("sources")
            for source in table["source"].split()
        }
        assert used - listed <= {"house", "law"}, "a portal's file cites a source it does not list"


@pytest.mark.parametrize(
    ("name", "kind", "channel", "at", "days_before"),
    [
        ("basisonline", "sick", "portal", clock(8, 30), 0),  # O3
        ("basisonline", "sick", "phone", clock(8, 15), 0),  # O4
        ("mik-konnect", "holiday", "portal", clock(9, 0), 0),
        ("vigilo", "early_pick_up", "portal", clock(10, 0), 0),
        ("bitcare", "sick", "portal", clock(16, 0), 1),
        ("bitcare", "leave", "phone", clock(14, 0), 2),
    ],
)
def test_deadlines_as_the_sources_give_them(name: str, kind: Any, channel: Any, at: clock, days_before: int) -> None:
    deadline = profile.load(name).deadline(kind, channel)
    assert deadline is not None
    assert (deadline.at, deadline.days_before) == (at, days_before)


def test_what_one_organisation_does_is_marked() -> None:
    assert profile.load("bitcare").origin("absence.sick.deadline.any").one_organisation
    assert profile.load("mik-konnect").origin("absence.holiday.deadline.any").one_organisation
    assert not profile.load("basisonline").origin("absence.sick.deadline.portal").one_organisation
    assert profile.load("bitcare").origin("words").uncertain


def test_the_contradictions_of_the_portals() -> None:
    policies = {name: profile.load(name) for name in PORTALS}
    assert {name: policy.message.purpose for name, policy in policies.items()} == {
        "basisonline": "letters", "bitcare": "urgent_only", "mik-konnect": "low_priority",
        "social-schools": "invitations", "vigilo": "practical",
    }  # fmt: skip
    assert {name: policy.message.urgent_by for name, policy in policies.items()} == {
        "basisonline": ("phone",), "bitcare": ("chat",), "mik-konnect": ("phone",), "social-schools": (),
        "vigilo": ("phone", "contact_form"),
    }  # fmt: skip
    assert {name: policy.decider("leave", 1) for name, policy in policies.items()} == {
        "basisonline": "school", "bitcare": "manager", "mik-konnect": "group", "social-schools": "school",
        "vigilo": "nobody",
    }  # fmt: skip
    assert {name: policy.guardians.limit for name, policy in policies.items() if policy.guardians.limit} == {
        "basisonline": 2
    }
    assert policies["mik-konnect"].guardians.may_be_shut_out
    assert policies["mik-konnect"].message.round_at == clock(12, 0)
    assert policies["vigilo"].intake.end_exclusive
    assert policies["social-schools"].intake.each_group_confirms
    assert [(d.name, d.about, d.every_days) for d in policies["bitcare"].duties] == [("weekly_piece", "child", 7)]
    assert [(d.name, d.about, d.every_days) for d in policies["social-schools"].duties] == [
        ("weekly_group_message", "group", 7)
    ]
    assert {name for name, policy in policies.items() if policy.band((0, 9))} == {"bitcare", "mik-konnect"}


def test_a_location_overrides_any_value_and_it_is_marked_as_its_own(tmp_path: Path) -> None:
    policy = overridden(tmp_path, '[no_show]\ngrace = 5\n[absence.sick.deadline.phone]\nat = "07:45"\n')
    assert policy.no_show_grace == timedelta(minutes=5)
    assert policy.origin("no_show") == Origin("location")
    phone, portal = policy.deadline("sick", "phone"), policy.deadline("sick", "portal")
    assert phone is not None and phone.at == clock(7, 45)
    assert portal is not None and portal.at == clock(16, 0)
    assert policy.origin("absence.sick.deadline.phone") == Origin("location")
    assert policy.origin("absence.sick.deadline.any").one_organisation, "what was not overridden keeps its mark"


def test_the_limits_of_what_is_plausible_are_the_location_s_to_set(tmp_path: Path) -> None:
    limits = overridden(tmp_path, "[plausibility]\nbottle = 260\n[plausibility.temperature]\nlowest = 31\n").limits
    assert (limits.bottle, limits.temperature, limits.medicine_apart) == (260, (31.0, 45.0), 360)
    for name in PORTALS:
        policy = profile.load(name)
        assert policy.limits == profile.load("open").limits
        assert policy.sources[policy.origin("plausibility.temperature.lowest").source]


def test_an_override_of_an_uncertain_value_makes_it_certain(tmp_path: Path) -> None:
    assert overridden(tmp_path, '[words]\nnappy = "verschonen"\n').origin("words") == Origin("location")


def test_an_override_replaces_one_way_of_giving_a_deadline_by_the_other(tmp_path: Path) -> None:
    policy = overridden(tmp_path, "[absence.holiday.deadline.any]\nhours_before = 48\n", "mik-konnect")
    deadline = policy.deadline("holiday", "portal")
    assert deadline is not None and (deadline.at, deadline.hours_before) == (None, 48)


def test_an_override_may_take_a_deadline_away(tmp_path: Path) -> None:
    assert overridden(tmp_path, '[absence.sick.deadline.any]\nat = "none"\n').deadline("sick", "portal") is None


def test_a_file_that_is_not_there_changes_nothing(tmp_path: Path) -> None:
    assert profile.load("vigilo", tmp_path / "absent.toml") == profile.load("vigilo")


@pytest.mark.parametrize(
    ("text", "where", "rule"),
    [
        ("[absence.sick\n", "profile.toml", "syntax"),
        ('[sources]\nx = "y"\n', "sources", "unknown_key"),
        ('id = "open"\n', "id", "unknown_key"),
        ('[absense.sick]\nword = "x"\n', "absense", "unknown_key"),
        ('[absence.sick.deadline.portal]\nat = "8:30"\n', "absence.sick.deadline.portal.at", "bad_time"),
        ('[no_show]\ngrace = 5\nsource = "rumour"\n', "no_show.source", "unknown_source"),
    ],
)
def test_a_typo_is_named_with_its_place(tmp_path: Path, text: str, where: str, rule: str) -> None:
    assert problem(tmp_path, text) == (where, rule)


def test_a_file_that_is_not_utf_8_is_a_syntax_problem(tmp_path: Path) -> None:
    path = tmp_path / "profile.toml"
    path.write_bytes(b'title = "caf\xe9"\n')
    with pytest.raises(PolicyProblem) as caught:
        profile.load("open", path)
    assert caught.value.rule == "syntax" and "not a readable TOML file" in policy_words(caught.value)


@pytest.mark.parametrize("name", ["", "nope", "../profiles/open", "open.toml", "OPEN"])
def test_an_unknown_profile(name: str) -> None:
    with pytest.raises(profile.ProfileUnknown) as caught:
        profile.load(name)
    assert caught.value.known == profile.names()


@pytest.mark.parametrize("name", profile.names())
def test_the_source_of_every_rule_about_absences_has_a_title_in_each_language(name: str) -> None:
    """It stands under a report, on the screen of people who read no English."""
    policy = profile.load(name)
    shown = {
        key for path, origin in policy.origins.items() if path.startswith("absence") for key in origin.source.split()
    }
    assert shown
    for language in ("nl", "nb"):
        assert not shown - policy.sources_in[language].keys()
    assert policy.source_title("house", "nl") != policy.source_title("house", "en") == policy.sources["house"]


def test_a_title_of_no_source_is_refused() -> None:
    data = profile.read_profile("open")
    data["sources_in"]["nl"]["huis"] = "Huisregel"
    with pytest.raises(PolicyProblem) as caught:
        Policy.from_dict(data)
    assert (caught.value.where, caught.value.rule) == ("sources_in.nl.huis", "unknown_source")
