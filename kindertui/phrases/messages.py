"""Messages in the words of the reader: who gets one, who does not and why, what the guard found, what became of it.

Names and reasons in these sentences are people's text: they go to a widget through `text.content` like all of it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from kindertui.domain.faults import Refused
from kindertui.domain.guard import GuardFinding
from kindertui.domain.messages import MessageState, Recipient
from kindertui.domain.people import Restriction
from kindertui.domain.policy import GuardCategory, Policy, Purpose, Route, Way
from kindertui.i18n import _, ngettext
from kindertui.phrases import long_day, moment


def state(name: MessageState) -> str:
    """What became of a message."""
    return {
        "draft": _("draft"),
        "queued": _("waits for the portal"),
        "left": _("left, no answer yet"),
        "accepted": _("accepted"),
        "refused": _("refused by the portal"),
        "unread": _("unread"),
        "read": _("read"),
        "parked": _("parked"),
        "answered": _("answered"),
    }[name]


def ago(at: datetime, now: datetime) -> str:
    """How old it is, short: `5 min`, `19 h`, `3 d`. Both aware."""
    minutes = max(0, int((now - at) / timedelta(minutes=1)))
    if minutes < 60:
        return _("{n} min").format(n=minutes)
    if minutes < 2880:
        return _("{n} h").format(n=minutes // 60)
    return _("{n} d").format(n=minutes // 1440)


def waiting(count: int, oldest: datetime | None, now: datetime) -> str:
    """`4 unread, oldest 19 h`."""
    if not count or oldest is None:
        return _("nothing unread")
    return ngettext("{n} unread, {age} old", "{n} unread, oldest {age}", count).format(n=count, age=ago(oldest, now))


def held_back(reason: str, restriction: Restriction | None = None) -> str:
    """Why a guardian does not get it; `restriction` is the one behind a contact restriction, where it is known."""
    if reason in ("contact_restricted", "shut_out") and restriction is not None:
        return _("held back: {reason}, {day} ({author})").format(
            reason=restriction.reason or _("no contact"), day=long_day(restriction.since), author=restriction.author
        )
    return {
        "contact_restricted": _("held back by a contact restriction"),
        "contact_restricted_all": _("held back: no contact with anybody about this child"),
        "shut_out": _("shut out of the portal"),
        "over_guardian_limit": _("the portal takes no more guardians for this child"),
        "no_account": _("no e-mail address, so no account in the portal"),
    }[reason]


def reach(recipients: Sequence[Recipient]) -> str:
    """How many get it and how many do not, in a sentence."""
    held = sum(bool(one.held_back) for one in recipients)
    gets = len(recipients) - held
    if not recipients:
        return _("No guardian is known: nobody gets it.")
    text = ngettext("{n} guardian gets it.", "{n} guardians get it.", gets).format(n=gets)
    if not gets:
        text = _("Nobody gets it.")
    if held:
        text += " " + ngettext("{n} does not.", "{n} do not.", held).format(n=held)
    return text


def category(name: GuardCategory) -> str:
    """What the guard looks for."""
    return {
        "health": _("health"),
        "religion": _("religion"),
        "bullying": _("bullying"),
        "money": _("money"),
        "urgent": _("urgent matters"),
        "child_matters": _("what concerns the child itself"),
        "child_name": _("another child's name"),
        "citizen_number": _("a citizen number"),
    }[name]


def finding(one: GuardFinding) -> str:
    """`"koorts": health does not belong in this portal. Phone instead.`"""
    words = ", ".join(f"“{word}”" for word in one.words)
    return f"{words}: {_matter(one)} {instead(one.instead)}"


def _matter(one: GuardFinding) -> str:
    return {
        "health_words": _("health does not belong in this portal."),
        "religion_words": _("religion does not belong in this portal."),
        "bullying_words": _("bullying does not belong in this portal."),
        "money_words": _("money matters do not belong in this portal."),
        "urgent_words": _("urgent matters do not belong in this portal."),
        "child_matters_words": _("what concerns the child itself does not belong in this portal."),
        "other_child_named": _("this names a child the message is not about."),
        "dutch_number_likely": _("this may be a citizen number (BSN)."),
        "dutch_number_named": _("this is a citizen number (BSN)."),
        "norwegian_number": _("this is a Norwegian citizen number."),
    }[one.rule]


def instead(way: Way) -> str:
    """The way the portal gives instead."""
    return {
        "phone": _("Phone instead."),
        "contact_form": _("Use the contact form instead."),
        "phone_or_form": _("Phone, or use the contact form instead."),
        "talk": _("Ask the parents for a talk instead."),
        "leave_out": _("Leave it out."),
    }[way]


def purpose(policy: Policy) -> str:
    """What messages are for in this portal, and how urgent matters go instead."""
    what: dict[Purpose, str] = {
        "any": _("For any message."),
        "urgent_only": _("For urgent matters only."),
        "low_priority": _("For what can wait."),
        "practical": _("For practical matters only."),
        "letters": _("For letters and information."),
        "invitations": _("For invitations, not for what concerns the child."),
    }
    ways: dict[Route, str] = {"chat": _("chat"), "phone": _("phone"), "contact_form": _("contact form")}
    urgent = [ways[route] for route in policy.message.urgent_by]
    if not urgent or policy.message.purpose == "urgent_only":
        return what[policy.message.purpose]
    return what[policy.message.purpose] + " " + _("Urgent: {ways}.").format(ways=", ".join(urgent))


def refusals() -> dict[str, str]:
    """A sentence for each rule a message is refused by, with places for what `arguments` gives."""
    return {
        "message_again": _("Not queued: the same went to the same people at {at}. Your text is kept."),
        "message_empty": _("There is nothing to send yet: type the message first."),
        "message_in_future": _(
            "Nothing was saved: the message is said to come from {at}, and that is still to come. Check the "
            "clock here and in the portal."
        ),
        "message_unknown": _("That message is not there any more. Nothing was changed."),
        "audience_unknown": _("Who this was for is not there any more: choose again who gets it. Your text is kept."),
        "nobody_to_reach": _("Not queued: nobody would get it, {why}. Phone, or ask the manager; your text is kept."),
        "audience_changed": _("Who gets it has changed meanwhile: look again, then Enter."),
        "guard_found": _(
            "Not queued: this holds what does not belong in the portal ({categories}). Change it, or send it anyway."
        ),
        "guard_blocked": _("Not queued: only a manager can send this ({categories}). Leave it out; your text is kept."),
        "thread_unknown": _("The thread you answer is not there any more: start a new message. Your text is kept."),
        "thread_for_others": _(
            "Not queued: an answer goes to those who were in the thread. Start a new message for others; "
            "your text is kept."
        ),
        "not_sendable": _(
            "Not saved: {word} would never reach the parents. The portal takes no < right before a letter: put a space "
            "between; your text is kept."
        ),
        "not_incoming": _("This message went out: only what came in is read, parked or answered."),
    }


def arguments(problem: Refused) -> dict[str, str]:
    """What stands in those sentences, in words; empty for a rule that is not about messages."""
    if problem.rule not in refusals():
        return {}
    given = problem.args_
    words: dict[str, str] = {}
    if given.get("categories"):
        names: list[GuardCategory] = given["categories"].split(",")  # type: ignore[assignment]
        words["categories"] = ", ".join(category(name) for name in names)
    if "held_back" in given:
        count = int(given["held_back"])
        text = ngettext("{n} guardian is held back", "all {n} guardians are held back", count).format(n=count)
        words["why"] = text if count else _("no guardian is known")
    if given.get("at"):
        words["at"] = moment(datetime.fromisoformat(given["at"]))
    return words
