"""The rest of a roster file: guardians, expected hours, what must be minded, consents and restrictions of its children.

The rule above all: an import may add protection and never takes any away. That holds for a second entry of a person who
is held back, too: a guardian who cannot be told from one under a restriction is not added.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Protocol, TypeVar

from kindertui.data import models
from kindertui.data.roster_known import Applying
from kindertui.domain.intake_roster import (
    ReadConsent,
    ReadFact,
    ReadGuardian,
    ReadRestriction,
    ReadSlot,
    Remark,
)
from kindertui.domain.people import CareFact, Restriction, same_name
from kindertui.domain.twice import lifted_since, noted_twice, restricted_twice

_GUARDIAN = "guardian_name"  # no format gives guardians keys of their own
IMPORT = "import"  # the source of what an import wrote; all else is a person's word


class _OfChild(Protocol):
    @property
    def child(self) -> str: ...


T = TypeVar("T", bound=_OfChild)


def apply_care(work: Applying) -> None:
    """Everything about the children that were found or added."""
    guardians, slots = _by_child(work.file.guardians), _by_child(work.file.slots)
    facts, consents = _by_child(work.file.facts), _by_child(work.file.consents)
    restrictions = _by_child(work.file.restrictions)
    for key, child_id in work.children.items():
        care = _Care(work, child_id)
        care.guardians(guardians[key], restrictions[key])
        care.restrictions(restrictions[key])
        care.slots(slots[key])
        care.facts(facts[key])
        care.consents(consents[key])


def _by_child(items: Iterable[T]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for item in items:
        found[item.child].append(item)
    return found


class _Care:
    def __init__(self, work: Applying, child_id: str) -> None:
        self.work = work
        self.plan = work.plan
        self.plan.begin_child(child_id)
        self.known = work.known
        self.child_id = child_id
        self.name = work.seen[child_id][1]
        self.links = self.known.guardianships[child_id]
        self.ids: dict[str, str] = {}  # our guardian ids by the file's keys

    def changed(self, *fields: str) -> None:
        self.work.note("child", self.child_id, self.name, *fields)

    def guardians(self, read: list[ReadGuardian], restrictions: list[ReadRestriction]) -> None:
        """Adds and updates guardians. Those we know are found first: who else the file names decides who is new."""
        unknown: list[ReadGuardian] = []
        for guardian in read:
            record = self._of_this_child(guardian)
            if record is None:
                unknown.append(guardian)
            else:
                self._update(guardian, record)
        kinds_here: dict[str | None, set[str]] = defaultdict(set)
        for restriction in restrictions:
            kinds_here[restriction.guardian].add(restriction.kind)
        for guardian in unknown:
            if not self._held_back_kinds() <= kinds_here[guardian.key]:
                self.work.warnings.append(Remark("guardian_held_back", {}, guardian.line))
                continue
            record = self.known.mapped(_GUARDIAN, guardian.key, self.known.guardians) or self._of_a_sibling(guardian)
            if record is not None and (self.child_id, record.id) in self.known.removed:
                self.work.warnings.append(Remark("guardian_stays_removed", {}, guardian.line))
                continue
            self._link(guardian, record or self._new(guardian))

    def _of_this_child(self, guardian: ReadGuardian) -> "models.Guardian | None":
        """The guardian of this child that is meant: by key, by name, or by the address where there is no name."""
        own = {link.guardian_id: self.known.guardians[link.guardian_id] for link in self.links}
        record = self.known.mapped(_GUARDIAN, guardian.key, own)
        if record is not None:
            return record
        if guardian.named:
            same = [one for one in own.values() if same_name(one.name) == same_name(guardian.name)]
        else:
            same = [one for one in own.values() if same_name(one.email) == same_name(guardian.email)]
        return same[0] if len(same) == 1 else None

    def _of_a_sibling(self, guardian: ReadGuardian) -> "models.Guardian | None":
        """A guardian known already from another child: one name and one number or address, or the address alone."""
        maybe = self.known.guardians_by.get(same_name(guardian.name if guardian.named else guardian.email), set())
        same = [
            one
            for one in (self.known.guardians[id] for id in sorted(maybe))
            if (not guardian.named or same_name(one.name) == same_name(guardian.name))
            and (
                (guardian.email and same_name(one.email) == same_name(guardian.email))
                or (guardian.named and guardian.phone and _digits(one.phone) == _digits(guardian.phone))
            )
        ]
        return same[0] if len(same) == 1 else None

    def _held_back_kinds(self) -> set[str]:
        """What guardians of this child that the file has not named (so far) are kept from, by restrictions in force.

        Somebody new may be the same person.
        """
        named = {None, *self.ids.values()}
        standing = self.known.restrictions[self.child_id]
        return {one.kind for one in standing if one.lifted_on is None and one.guardian_id not in named}

    def _harmless(self, guardian: ReadGuardian, record: "models.Guardian", said: dict[str, str]) -> dict[str, str]:
        """What the file says of a guardian, without the number or address of another who is held back."""
        theirs = set()
        for one in self.known.restrictions[self.child_id]:
            other = self.known.guardians.get(one.guardian_id or "")
            if one.lifted_on is None and other is not None and other.id != record.id:
                theirs |= {same_name(other.email), _digits(other.phone)}
        values = {name: value for name, value in said.items() if value}
        shared = {name for name in values if {same_name(values[name]), _digits(values[name])} & theirs - {""}}
        if shared:
            self.work.warnings.append(Remark("guardian_held_back", {}, guardian.line))
        return {name: value for name, value in values.items() if name not in shared}

    def _new(self, guardian: ReadGuardian) -> "models.Guardian":
        record = self.plan.keep(
            models.Guardian,
            self.plan.id_of(models.Guardian, self.known.source, _GUARDIAN, guardian.key),
            name=guardian.name,
            phone=guardian.phone,
            email=guardian.email,
            language=guardian.language,
        )
        self.known.add_guardian(record)
        self.work.note("guardian", record.id, record.name, added=True)
        return record

    def _link(self, guardian: ReadGuardian, record: "models.Guardian") -> None:
        link = self.plan.keep(
            models.Guardianship,
            self.plan.id_of(models.Guardianship, self.child_id, record.id),
            child_id=self.child_id,
            guardian_id=record.id,
            relation=guardian.relation,
            rank=guardian.rank,
        )
        self.links.append(link)
        self.changed("guardian")
        self._update(guardian, record)

    def _update(self, guardian: ReadGuardian, record: "models.Guardian") -> None:
        self.ids[guardian.key] = record.id
        self.known.remember(_GUARDIAN, guardian.key, record.id)
        said = {"phone": guardian.phone, "email": guardian.email, "language": guardian.language}
        fields = self.plan.change(record, **self._harmless(guardian, record, said))
        self.known.add_guardian(record)
        self.work.note("guardian", record.id, record.name, *fields)
        link = next(one for one in self.links if one.guardian_id == record.id)
        values: dict[str, Any] = {"rank": guardian.rank} if guardian.named else {}
        if guardian.relation:
            values["relation"] = guardian.relation
        if guardian.may_pick_up is False:
            values["may_pick_up"] = False
        elif guardian.may_pick_up and not link.may_pick_up:
            self.work.kept_restrictions += 1  # who may not fetch a child is not let in by a file
        self.changed(*self.plan.change(link, **values))

    def restrictions(self, read: list[ReadRestriction]) -> None:
        """Adds what is new. What stands, stands as it is; what a manager lifted is not put back by the same file."""
        standing = [one for one in self.known.restrictions[self.child_id] if one.lifted_on is None]
        confirmed = set()
        for restriction in read:
            guardian_id = self.ids.get(restriction.guardian) if restriction.guardian else None
            if restriction.guardian and guardian_id is None:
                continue  # whoever was not added has nothing to be kept from
            since = restriction.since.isoformat()
            new = Restriction(
                "",
                self.child_id,
                guardian_id,
                restriction.kind,
                restriction.reason,
                restriction.since,
                restriction.author,
            )
            same = [one for one in standing if restricted_twice(new, one)]
            said = (restriction.reason, since, restriction.author)
            confirmed |= {one.id for one in same if (one.reason, one.since, one.author) == said}
            if same or any(lifted_since(new, one) for one in self.known.restrictions[self.child_id]):
                continue
            self.plan.add(
                models.Restriction,
                child_id=self.child_id,
                guardian_id=guardian_id,
                kind=restriction.kind,
                reason=restriction.reason,
                since=since,
                author=restriction.author,
                source=IMPORT,
            )
            self.changed("restriction")
        self.work.kept_restrictions += sum(one.id not in confirmed for one in standing)

    def slots(self, read: list[ReadSlot]) -> None:
        """A week that was given replaces the week that stood."""
        if not read:
            return
        standing: dict[int, models.Slot] = {}
        surplus = [
            slot for slot in self.known.slots[self.child_id] if standing.setdefault(slot.weekday, slot) is not slot
        ]
        for slot in read:
            start, end = f"{slot.start:%H:%M}", f"{slot.end:%H:%M}"
            record = standing.pop(slot.weekday, None)
            if record is None:
                id = self.plan.id_of(models.Slot, self.child_id, str(slot.weekday))
                self.plan.keep(models.Slot, id, child_id=self.child_id, weekday=slot.weekday, start=start, end=end)
                self.changed("slot")
            elif self.plan.change(record, start=start, end=end):
                self.changed("slot")
        for record in (*standing.values(), *surplus):
            self.plan.change(record, deleted=True)
            self.changed("slot")

    def facts(self, read: list[ReadFact]) -> None:
        """Adds what is not there; an allergy goes only when a person takes it away."""
        standing = self.known.facts[self.child_id]
        for fact in read:
            new = CareFact("", self.child_id, fact.kind, fact.text)
            if not any(noted_twice(new, one) for one in standing):
                id = self.plan.id_of(models.CareFact, self.child_id, fact.kind, same_name(fact.text))
                said = {"child_id": self.child_id, "kind": fact.kind, "text": fact.text}
                self.plan.keep(models.CareFact, id, **said, source=IMPORT)
                self.changed("fact")

    def consents(self, read: list[ReadConsent]) -> None:
        """Adds answers, and changes those that an import gave; an answer a person wrote down stays."""
        for consent in read:
            standing = [one for one in self.known.consents[self.child_id] if one.scope == consent.scope]
            since = consent.since.isoformat() if consent.since else None
            if not standing:
                self.plan.keep(
                    models.Consent,
                    self.plan.id_of(models.Consent, self.child_id, consent.scope),
                    child_id=self.child_id,
                    scope=consent.scope,
                    given=consent.given,
                    since=since,
                    source=IMPORT,
                )
                self.changed("consent")
            elif any(one.source != IMPORT for one in standing):
                self.work.kept_consents += any(one.given != consent.given for one in standing)
            else:
                values: dict[str, Any] = {"given": consent.given, **({"since": since} if since else {})}
                for one in standing:
                    if self.plan.change(one, **values):
                        self.changed("consent")


def _digits(phone: str) -> str:
    return "".join(character for character in phone if character.isdigit())
