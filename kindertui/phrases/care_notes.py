"""Care notes in words: a line for each about one child, few words for the roster, and why one was refused."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from kindertui.domain import people
from kindertui.domain.care_notes import FACT_KINDS, HARMFUL, SCOPES, CareNotes, printed_apart
from kindertui.domain.roster import ChildDay
from kindertui.i18n import _
from kindertui.phrases import numeric_day

Record = (
    people.CareFact | people.Restriction | people.ConsentScope | people.Agreement | people.Guardianship | people.PickUp
)


class CareNoteLine(Struct, frozen=True):
    """One line about a record; about consents there is one for each scope, whether anybody was asked or not."""

    record: Record
    label: str
    words: str
    tone: str = "plain"

    @property
    def key(self) -> str:
        """What tells the line from all others of the child."""
        if isinstance(self.record, people.Guardianship):
            return self.record.guardian.id
        return self.record if isinstance(self.record, str) else self.record.id


def relation(name: str) -> str:
    """The word for what a guardian is to a child; a word that is not known stays as it was written."""
    known = {"mother": _("mother"), "father": _("father"), "guardian": _("guardian"), "grandmother": _("grandmother"),
             "grandfather": _("grandfather"), "foster parent": _("foster parent")}  # fmt: skip
    return known.get(name.casefold(), name)


def care_words(child_day: ChildDay) -> list[str]:
    """The care notes in few words: what may hurt first, then what is to know."""
    return [*harm_words(child_day), *know_words(child_day)]


def harm_words(child_day: ChildDay) -> list[str]:
    """What may hurt the child, in few words each: allergies, health, who is held back, a secret address."""
    facts = [fact.text for fact in _by_kind(child_day.facts) if fact.kind in HARMFUL]
    return [*facts, *dict.fromkeys(restriction(one) for one in child_day.restrictions)]


def know_words(child_day: ChildDay) -> list[str]:
    """What is merely to know, in few words each: diets, other facts, the answer about photos."""
    facts = [fact.text for fact in _by_kind(child_day.facts) if fact.kind not in HARMFUL]
    photo = photo_consent(child_day.consents)
    return [*facts, *([photo] if photo else [])]


def _by_kind(facts: Iterable[people.CareFact]) -> list[people.CareFact]:
    return sorted(facts, key=lambda fact: FACT_KINDS.index(fact.kind))


def restriction(one: people.Restriction) -> str:
    """`father held back`, `secret address`, `not picked up by father`."""
    who = relation(one.relation) or _("a guardian")
    if one.kind == "address":
        return _("secret address")
    if one.kind == "pick_up":
        return _("{who} may not pick up").format(who=who)
    return _("{who} held back").format(who=who)


def photo_consent(consents: tuple[people.Consent, ...]) -> str:
    """The narrowest thing that must be known before a camera comes out; empty when nothing was refused."""
    refused = {one.scope for one in consents if not one.given}
    if not refused:
        return ""
    if refused & {"photo_own_portal", "photo_internal"}:
        return _("no photo")
    if "photo_other_portal" in refused:
        return _("photo own portal only")
    return _("no photo outside")


def fact_kind(kind: people.FactKind) -> str:
    """The word for a kind of fact."""
    return {"allergy": _("allergy"), "diet": _("diet"), "health": _("health"), "note": _("to know")}[kind]


def scope(name: people.ConsentScope) -> str:
    """Where photos may go."""
    return {
        "photo_own_portal": _("in the child's own portal"),
        "photo_other_portal": _("with others, in their portals"),
        "photo_internal": _("in the group's own rooms"),
        "photo_external": _("outside, to known people"),
        "photo_public": _("in public: website, folder"),
    }[name]


def restriction_kind(kind: people.RestrictionKind) -> str:
    """What a restriction forbids."""
    return {"contact": _("no contact"), "pick_up": _("may not fetch"), "address": _("address is secret")}[kind]


def care_note_lines(found: CareNotes, today: date) -> list[CareNoteLine]:
    """All care notes of a child, a line each: what may hurt first, then photos, medicines, and who may fetch."""
    lines = [
        CareNoteLine(one, fact_kind(one.kind), one.text, "danger" if one.kind in HARMFUL else "plain")
        for one in _by_kind(found.facts)
    ]
    names = {one.guardian.id: one.guardian.name for one in found.guardians}
    for held in found.restrictions:
        over = held.lifted_on is not None
        label, tone = (_("lifted"), "dim") if over else (_("held back"), "danger")
        lines.append(CareNoteLine(held, label, restriction_words(held, names), tone))
    for name in SCOPES:
        answer = found.consent(name)
        tone = "dim" if answer is None else "plain"
        lines.append(CareNoteLine(name, _("photos"), f"{scope(name)}: {consent_words(answer)}", tone))
    for agreed in found.agreements:
        tone = "plain" if agreed.covers(today) else "dim"
        lines.append(CareNoteLine(agreed, _("medicine"), agreement_words(agreed, today), tone))
    held_back = {one.guardian_id for one in found.restrictions if one.lifted_on is None and one.kind != "address"}
    for link in found.guardians:
        barred = link.guardian.id in held_back or not link.may_pick_up
        words = guardian_words(link, barred=barred)
        lines.append(CareNoteLine(link, _("fetches"), words, "danger" if barred else "dim"))
    for person in found.pick_ups:
        tone = "plain" if person.covers(today) else "dim"
        lines.append(CareNoteLine(person, _("fetches"), pick_up_words(person, today), tone))
    return lines


def restriction_words(one: people.Restriction, names: dict[str, str]) -> str:
    """`father Tom Bakker: no contact · court order (Marit, 3-3-2025)`; when it was lifted and by whom."""
    who = _("everybody")
    if one.guardian_id is not None:
        name = names.get(one.guardian_id) or _("a guardian")
        who = f"{relation(one.relation)} {name}".strip()
    said = " · ".join(part for part in (f"{who}: {restriction_kind(one.kind)}", one.reason) if part)
    words = f"{said} ({one.author}, {numeric_day(one.since)})"
    if one.lifted_on is None:
        return words
    return f"{words} · " + _("lifted {day} by {name}").format(day=numeric_day(one.lifted_on), name=one.lifted_by)


def consent_words(answer: people.Consent | None) -> str:
    """`yes (3-5-2026, import)`, or that nobody was asked."""
    if answer is None:
        return _("nobody was asked")
    said = ", ".join(part for part in (numeric_day(answer.since), source(answer.source)) if part)
    return (_("yes") if answer.given else _("no")) + (f" ({said})" if said else "")


def source(name: str) -> str:
    """Where a care note came from."""
    words = {"manual": _("written down by hand"), "import": _("from a file"), "portal": _("portal"),
             "intake": _("intake")}  # fmt: skip
    return words.get(name, name)


def agreement_words(one: people.Agreement, today: date) -> str:
    """`paracetamol 5 ml · from 5-1-2026 · 6 h apart · agreed by Sara Bakker`."""
    parts = [" ".join(part for part in (one.medicine, one.dose) if part), _days(one.first_day, one.last_day)]
    if one.last_day is not None and one.last_day < today:
        parts.append(_("over"))
    if one.apart is not None:
        parts.append(_("{hours} h apart").format(hours=printed_apart(one.apart)))
    return " · ".join([*parts, _("agreed by {name}").format(name=one.agreed_by)])


def pick_up_words(one: people.PickUp, today: date) -> str:
    """`Oma Bep, grandmother 06-… · until 3-5-2026`."""
    who = ", ".join(part for part in (one.name, relation(one.relation)) if part)
    parts = [f"{who} {one.phone}".strip(), _days(one.first_day, one.last_day)]
    if one.last_day is not None and one.last_day < today:
        parts.append(_("over"))
    return " · ".join(part for part in parts if part)


def guardian_words(link: people.Guardianship, *, barred: bool) -> str:
    """`mother Sara Bakker 06-…`; without the number of one who is barred."""
    who = f"{relation(link.relation)} {link.guardian.name}".strip()
    return f"{who}: " + _("may not fetch") if barred else f"{who} {link.guardian.phone}".strip()


def _days(first: date | None, last: date | None) -> str:
    if first is not None and first == last:
        return _("on {day}").format(day=numeric_day(first))
    if first is not None and last is not None:
        return _("from {first} until {last}").format(first=numeric_day(first), last=numeric_day(last))
    if first is not None:
        return _("from {day}").format(day=numeric_day(first))
    return _("until {day}").format(day=numeric_day(last)) if last is not None else ""


def refusals() -> dict[str, str]:
    """A sentence for each rule by which a care note is refused."""
    return {
        "fact_missing": _("Nothing was saved: type what must be minded, in a few words."),
        "fact_twice": _("Nothing was saved: it stands there already. Esc goes back to the list."),
        "guardian_unknown": _("Nothing was saved: that is no guardian of this child any more. Choose again."),
        "reason_needed": _("Nothing was saved: type the reason; whoever reads it later must understand it."),
        "since_to_come": _("Nothing was saved: that day is still to come, and it would hold from now on. Type today's or an earlier day."),
        "restriction_twice": _("Nothing was saved: this is in force already. Esc goes back to the list."),
        "restriction_lifted": _("It was lifted already. Add a new one with n if it holds again."),
        "lift_manager_only": _("Not lifted: only a location manager lifts a restriction. Ask them; until then it holds."),
        "medicine_missing": _("Nothing was saved: type the name of the medicine, as it stands on the box."),
        "agreed_by_missing": _("Nothing was saved: type who agreed to it; without a guardian's word no medicine is given."),
        "particular_days_reversed": _("Nothing was saved: the last day comes before the first. Correct the days."),
        "agreement_over": _("That agreement is over already: nothing was changed."),
        "pick_up_missing": _("Nothing was saved: type the name of who may fetch."),
        "pick_up_twice": _("Nothing was saved: this name is on the list already. Esc goes back to it."),
        "pick_up_held_back": _("Nothing was saved: somebody of this name is kept from the child. Ask the location manager."),
    }  # fmt: skip
