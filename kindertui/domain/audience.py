"""Works out who a message goes to, and who is held back and why: one line per guardian, also for siblings."""

from collections.abc import Iterable
from typing import Literal, get_args

from kindertui.domain.messages import AudienceKind, Recipient
from kindertui.domain.people import Child, Guardianship, Restriction
from kindertui.domain.policy import Policy

HeldBack = Literal["contact_restricted", "contact_restricted_all", "shut_out", "over_guardian_limit", "no_account"]
HELD_BACK: frozenset[HeldBack] = frozenset(get_args(HeldBack))


def audience(
    kind: AudienceKind,
    children: Iterable[Child],
    guardianships: Iterable[Guardianship],
    restrictions: Iterable[Restriction],
    policy: Policy,
    location_language: str,
) -> tuple[Recipient, ...]:
    """Every guardian of these children once, by child and then by the order to call in.

    `held_back` is one of HELD_BACK, or empty where the message goes. A restriction for any child of the audience
    holds its guardian back from the whole message, under that child's name: a group's message tells where each of its
    children is. Otherwise the first child by which the portal reaches the guardian is named. Raises ValueError for a
    message about one child with any other number of children.
    """
    wanted = sorted({child.id: child for child in children}.values(), key=lambda child: child.sort_key)
    if kind == "child" and len(wanted) != 1:
        raise ValueError("a message about one child goes to the guardians of exactly one child")
    links = list(guardianships)
    limits = list(restrictions)
    found: dict[str, Recipient] = {}
    for child in wanted:
        places = 0
        for link in _in_order(links, child.id):
            reason: HeldBack | Literal[""] = _restricted(link, limits, policy)
            if not reason:
                places += 1
                reason = _unreachable(link, places, policy)
            guardian = link.guardian
            earlier = found.get(guardian.id)
            if earlier is None or _weight(reason) > _weight(earlier.held_back):
                found[guardian.id] = Recipient(
                    guardian_id=guardian.id,
                    guardian=guardian.name,
                    child_id=child.id,
                    child=child.full_name,
                    language=guardian.language or location_language,
                    held_back=reason,
                )
    return tuple(found.values())


def unreached(
    children: Iterable[Child], guardianships: Iterable[Guardianship], recipients: Iterable[Recipient]
) -> tuple[Child, ...]:
    """The children none of whose guardians gets the message: somebody has to tell them some other way."""
    goes_to = {recipient.guardian_id for recipient in recipients if not recipient.held_back}
    reached = {link.child_id for link in guardianships if link.guardian.id in goes_to}
    return tuple(child for child in children if child.id not in reached)


def holding(child_id: str, guardian_id: str, restrictions: Iterable[Restriction]) -> Restriction | None:
    """The contact restriction that keeps this guardian from news of this child: the oldest, the named one first."""
    return min(
        (
            restriction
            for restriction in restrictions
            if restriction.kind == "contact"
            and restriction.child_id == child_id
            and restriction.guardian_id in (None, guardian_id)
        ),
        key=lambda restriction: (restriction.guardian_id is None, restriction.since, restriction.id),
        default=None,
    )


def _in_order(links: Iterable[Guardianship], child_id: str) -> list[Guardianship]:
    """A child's guardians by rank, each once."""
    first: dict[str, Guardianship] = {}
    for link in sorted(links, key=lambda link: (link.rank, link.guardian.id)):
        if link.child_id == child_id:
            first.setdefault(link.guardian.id, link)
    return list(first.values())


def _restricted(
    link: Guardianship, restrictions: Iterable[Restriction], policy: Policy
) -> Literal["", "contact_restricted", "contact_restricted_all", "shut_out"]:
    restriction = holding(link.child_id, link.guardian.id, restrictions)
    if restriction is None:
        return ""
    if restriction.guardian_id is None:
        return "contact_restricted_all"
    return "shut_out" if policy.guardians.may_be_shut_out else "contact_restricted"


def _unreachable(link: Guardianship, place: int, policy: Policy) -> Literal["", "over_guardian_limit", "no_account"]:
    """`place` counts the child's guardians who are not restricted: a restricted one has no log-in to take a place."""
    if policy.guardians.limit and place > policy.guardians.limit:
        return "over_guardian_limit"
    return "no_account" if policy.guardians.needs_email and not link.guardian.email else ""


def _weight(reason: str) -> int:
    """A restriction outweighs being reached by another child; being reached outweighs the portal's own limits."""
    if reason in ("contact_restricted", "contact_restricted_all", "shut_out"):
        return 2
    return 0 if reason else 1
