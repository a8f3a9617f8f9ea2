"""What is said of messages: every rule of refusal, guard and audience has its words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kindertui.data import messages
from kindertui.domain.faults import Refused
from kindertui.domain.messages import Recipient
from kindertui.domain.people import Restriction
from kindertui.phrases import messages as phrases
from kindertui.portal import profile

SAID_ELSEWHERE = {"child_unknown", "text_too_long", "text_not_unicode"}  # rules of every subject
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def said(rule: str, **given: str) -> str:
    problem = Refused(rule, **given)
    return phrases.refusals()[rule].format_map({**problem.args_, **phrases.arguments(problem)})


def test_no_sentence_without_a_rule() -> None:
    assert set(phrases.refusals()) == messages.RULES - SAID_ELSEWHERE


def test_a_refusal_says_what_was_found_and_how_many_are_held_back() -> None:
    assert "(health, another child's name)" in said("guard_found", categories="health,child_name")
    assert "nobody would get it, all 2 guardians are held back." in said("nobody_to_reach", held_back="2")
    assert "nobody would get it, 1 guardian is held back." in said("nobody_to_reach", held_back="1")
    assert "nobody would get it, no guardian is known." in said("nobody_to_reach", held_back="0")


def test_a_restriction_is_told_with_its_day_and_author() -> None:
    order = Restriction("r", "a", "t", "contact", "court order", date(2025, 3, 3), "Marit")
    assert phrases.held_back("contact_restricted", order) == "held back: court order, Monday 3 March 2025 (Marit)"
    assert phrases.held_back("no_account", order) == phrases.held_back("no_account")


def test_reach() -> None:
    gets = Recipient("s", "Sara", "a", "Aya", "nl")
    held = Recipient("t", "Tom", "a", "Aya", "nl", "contact_restricted")
    assert phrases.reach([gets]) == "1 guardian gets it."
    assert phrases.reach([gets, gets, held]) == "2 guardians get it. 1 does not."
    assert phrases.reach([held, held]) == "Nobody gets it. 2 do not."
    assert phrases.reach([]) == "No guardian is known: nobody gets it."


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        (timedelta(seconds=30), "0 min"), (timedelta(minutes=59), "59 min"), (timedelta(minutes=60), "1 h"),
        (timedelta(hours=47, minutes=59), "47 h"), (timedelta(days=2), "2 d"), (timedelta(minutes=-3), "0 min"),
    ],
)  # fmt: skip
def test_how_old(back: timedelta, expected: str) -> None:
    assert phrases.ago(NOW - back, NOW) == expected


def test_what_waits() -> None:
    assert phrases.waiting(4, NOW - timedelta(hours=19), NOW) == "4 unread, oldest 19 h"
    assert phrases.waiting(1, NOW - timedelta(hours=2), NOW) == "1 unread, 2 h old"
    assert phrases.waiting(0, None, NOW) == "nothing unread"


@pytest.mark.parametrize("name", profile.names())
def test_what_a_portal_s_messages_are_for(name: str) -> None:
    assert phrases.purpose(profile.load(name)).endswith(".")


def test_urgent_matters_have_their_way() -> None:
    assert phrases.purpose(profile.load("basisonline")) == "For letters and information. Urgent: phone."
    assert phrases.purpose(profile.load("bitcare")) == "For urgent matters only."
