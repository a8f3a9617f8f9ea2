"""Who a message goes to and who is held back; nobody twice, nobody who must not."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kindertui.domain.audience import HELD_BACK, audience, holding, unreached
from kindertui.domain.messages import Recipient
from kindertui.domain.people import Child, Guardian, Guardianship, Restriction, RestrictionKind
from kindertui.portal import profile

OPEN, MIK, BASIS, SOCIAL = (profile.load(name) for name in ("open", "mik-konnect", "basisonline", "social-schools"))
AYA = Child("aya", "Aya", "", "Bakker", None, "g")
BRAM = Child("bram", "Bram", "", "Bakker", None, "g")
CATO = Child("cato", "Cato", "", "Smit", None, "g")
SARA, TOM, OMA = Guardian("sara", "Sara", email="sara@example.org"), Guardian("tom", "Tom"), Guardian("oma", "Oma")


def link(child: Child, guardian: Guardian, rank: int = 1) -> Guardianship:
    return Guardianship(child.id, guardian, rank=rank)


def restriction(child: Child, guardian: Guardian | None, kind: RestrictionKind = "contact") -> Restriction:
    return Restriction("r", child.id, guardian.id if guardian else None, kind, "order", date(2026, 3, 3), "manager")


def lines(recipients: tuple[Recipient, ...]) -> list[tuple[str, str, str]]:
    return [(r.guardian_id, r.child_id, r.held_back) for r in recipients]


BOTH = (link(AYA, TOM, 2), link(AYA, SARA, 1))


def test_both_guardians_in_the_order_to_call_in() -> None:
    recipients = audience("child", [AYA], BOTH, (), OPEN, "nl")
    assert lines(recipients) == [("sara", "aya", ""), ("tom", "aya", "")]
    assert recipients[0] == Recipient("sara", "Sara", "aya", "Aya Bakker", "nl")


def test_the_guardian_s_language_wins_over_the_location_s() -> None:
    english = replace(TOM, language="en")
    (recipient,) = audience("child", [AYA], [link(AYA, english)], (), OPEN, "nl")
    assert recipient.language == "en"


def test_other_families_are_not_in_it() -> None:
    assert lines(audience("child", [AYA], [*BOTH, link(CATO, OMA)], (), OPEN, "nl")) == [
        ("sara", "aya", ""), ("tom", "aya", ""),
    ]  # fmt: skip


def test_a_contact_restriction_holds_back() -> None:
    assert lines(audience("child", [AYA], BOTH, [restriction(AYA, TOM)], OPEN, "nl")) == [
        ("sara", "aya", ""), ("tom", "aya", "contact_restricted"),
    ]  # fmt: skip
    assert lines(audience("child", [AYA], BOTH, [restriction(AYA, TOM)], MIK, "nl"))[1][2] == "shut_out"


def test_a_restriction_without_a_guardian_holds_all_of_that_child_s_back() -> None:
    found = audience("group", [AYA, CATO], [*BOTH, link(CATO, OMA)], [restriction(AYA, None)], OPEN, "nl")
    assert lines(found) == [
        ("sara", "aya", "contact_restricted_all"), ("tom", "aya", "contact_restricted_all"), ("oma", "cato", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["address", "pick_up"])
def test_other_restrictions_do_not_hold_a_message_back(kind: RestrictionKind) -> None:
    assert [r.held_back for r in audience("child", [AYA], BOTH, [restriction(AYA, TOM, kind)], OPEN, "nl")] == ["", ""]


def test_one_line_for_a_guardian_of_siblings_by_the_first_child() -> None:
    links = [link(BRAM, SARA), link(AYA, SARA)]
    assert lines(audience("group", [BRAM, AYA], links, (), OPEN, "nl")) == [("sara", "aya", "")]


def test_a_restriction_for_one_sibling_holds_back_from_the_group_message() -> None:
    links = [link(AYA, TOM), link(BRAM, TOM)]
    found = audience("group", [AYA, BRAM], links, [restriction(BRAM, TOM)], OPEN, "nl")
    assert lines(found) == [("tom", "bram", "contact_restricted")]
    assert lines(audience("child", [AYA], links, [restriction(BRAM, TOM)], OPEN, "nl")) == [("tom", "aya", "")]


def test_the_portal_s_limit_by_rank() -> None:
    links = [link(AYA, OMA, 3), *BOTH]
    assert lines(audience("child", [AYA], links, (), BASIS, "nl"))[2] == ("oma", "aya", "over_guardian_limit")
    # One who may not be written to takes no place; one reached by another child goes by that one.
    assert lines(audience("child", [AYA], links, [restriction(AYA, TOM)], BASIS, "nl")) == [
        ("sara", "aya", ""), ("tom", "aya", "contact_restricted"), ("oma", "aya", ""),
    ]  # fmt: skip
    by_cato = audience("group", [AYA, CATO], [*links, link(CATO, OMA)], (), BASIS, "nl")
    assert ("oma", "cato", "") in lines(by_cato) and len(by_cato) == 3


def test_no_account_without_an_address_where_the_portal_invites_by_mail() -> None:
    assert lines(audience("child", [AYA], BOTH, (), SOCIAL, "nl")) == [
        ("sara", "aya", ""), ("tom", "aya", "no_account"),
    ]  # fmt: skip


def test_the_same_link_twice_is_one_line() -> None:
    links = [link(AYA, SARA, 3), link(AYA, TOM, 2), link(AYA, SARA, 1)]
    assert lines(audience("child", [AYA, AYA], links, (), OPEN, "nl")) == [("sara", "aya", ""), ("tom", "aya", "")]


@pytest.mark.parametrize("children", [[], [AYA, BRAM]])
def test_a_message_about_one_child_has_one_child(children: list[Child]) -> None:
    with pytest.raises(ValueError, match="exactly one child"):
        audience("child", children, BOTH, (), OPEN, "nl")


def test_whom_nobody_tells() -> None:
    links = [*BOTH, link(BRAM, TOM)]
    found = audience("group", [AYA, BRAM, CATO], links, [restriction(BRAM, TOM)], OPEN, "nl")
    assert unreached([AYA, BRAM, CATO], links, found) == (BRAM, CATO)


def test_the_restriction_behind_a_line() -> None:
    mine, everybody = restriction(AYA, TOM), restriction(AYA, None)
    assert holding("aya", "tom", [everybody, mine]) is mine
    assert holding("aya", "sara", [everybody, mine]) is everybody
    assert holding("bram", "tom", [everybody, mine]) is None
    assert holding("aya", "tom", [restriction(AYA, TOM, "address")]) is None


CHILDREN = (AYA, BRAM, CATO)
GUARDIANS = (SARA, TOM, OMA)


@settings(max_examples=60, deadline=None)
@given(
    links=st.lists(st.tuples(st.sampled_from(CHILDREN), st.sampled_from(GUARDIANS), st.integers(1, 3)), max_size=9),
    orders=st.lists(st.tuples(st.sampled_from(CHILDREN), st.sampled_from((*GUARDIANS, None))), max_size=3),
    policy=st.sampled_from((OPEN, MIK, BASIS, SOCIAL)),
)
def test_nobody_who_must_not_and_nobody_twice(
    links: list[tuple[Child, Guardian, int]], orders: list[tuple[Child, Guardian | None]], policy: object
) -> None:
    assert isinstance(policy, type(OPEN))
    recipients = audience(
        "location", CHILDREN, [link(*parts) for parts in links], [restriction(*order) for order in orders], policy, "nl"
    )
    assert sorted(r.guardian_id for r in recipients) == sorted({guardian.id for _, guardian, _ in links})
    assert {r.held_back for r in recipients} <= {"", *HELD_BACK}
    forbidden = {
        guardian.id
        for child, guardian, _ in links
        for held, whom in orders
        if held is child and whom in (None, guardian)
    }
    assert forbidden.isdisjoint(r.guardian_id for r in recipients if not r.held_back)
