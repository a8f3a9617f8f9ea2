"""What the parts of applying a roster file share: the records that are known, and the work on the file so far."""

from collections import defaultdict
from datetime import date
from typing import Any, TypeVar

from msgspec import Struct, field

from kindertui.data import models
from kindertui.data.plan import Plan
from kindertui.domain.intake_roster import ImportChange, Remark, RosterFile, What, child_key
from kindertui.domain.people import same_name

R = TypeVar("R", bound="models.Record")


class Known(Struct):
    """The records of the location that are not marked deleted, and the id map of one source.

    Lists are by child id, except `by_name`: children by `child_key` of their names and birth date, `by_full_name`, and
    `guardians_by`: by name and by address. `removed` are guardianships (child, guardian) that somebody took away.
    """

    plan: Plan
    source: str
    groups: "dict[str, models.CareGroup]"
    staff: "dict[str, models.Staff]"
    children: "dict[str, models.Child]"
    guardians: "dict[str, models.Guardian]"
    map: "dict[tuple[str, str], models.IdMap]"
    keys: dict[tuple[str, str], str] = field(default_factory=dict)
    by_name: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    by_full_name: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    guardians_by: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    guardianships: "dict[str, list[models.Guardianship]]" = field(default_factory=lambda: defaultdict(list))
    removed: set[tuple[str, str]] = field(default_factory=set)
    restrictions: "dict[str, list[models.Restriction]]" = field(default_factory=lambda: defaultdict(list))
    consents: "dict[str, list[models.Consent]]" = field(default_factory=lambda: defaultdict(list))
    facts: "dict[str, list[models.CareFact]]" = field(default_factory=lambda: defaultdict(list))
    slots: "dict[str, list[models.Slot]]" = field(default_factory=lambda: defaultdict(list))

    def mapped(self, kind: str, key: str, among: dict[str, R]) -> R | None:
        """The living record that this source calls `key`."""
        entry = self.map.get((kind, key))
        return among.get(entry.record_id) if entry is not None and not entry.deleted else None

    def key_of(self, kind: str, record_id: str) -> str | None:
        """What this source calls a record of ours, if it came from there."""
        return self.keys.get((kind, record_id))

    def remember(self, kind: str, key: str, record_id: str) -> None:
        """Keeps what this source calls a record, over an entry that was undone or whose record is gone, too."""
        entry = self.map.get((kind, key))
        if entry is None:
            id = self.plan.id_of(models.IdMap, self.source, kind, key)
            said = {"source": self.source, "kind": kind, "external_id": key, "record_id": record_id}
            self.map[kind, key] = self.plan.keep(models.IdMap, id, **said)
        else:
            self.plan.change(entry, record_id=record_id, deleted=False)
        self.keys[kind, record_id] = key

    def forget(self, child_id: str) -> None:
        """A child who is brought back comes with the guardians its file names: they went away when it did."""
        self.removed = {one for one in self.removed if one[0] != child_id}

    def add_guardian(self, record: "models.Guardian") -> None:
        """Puts a guardian where its name and its address find it; once more after either changed."""
        self.guardians[record.id] = record
        for text in {same_name(record.name), same_name(record.email)} - {""}:
            self.guardians_by[text].add(record.id)


def load(plan: Plan, source: str) -> Known:
    """Reads it all: a location is a few hundred children, and an import is rare."""

    def by_id(model: type[R]) -> dict[str, R]:
        return {record.id: record for record in plan.living(model)}

    known = Known(
        plan,
        source,
        by_id(models.CareGroup),
        by_id(models.Staff),
        by_id(models.Child),
        by_id(models.Guardian),
        {(entry.kind, entry.external_id): entry for entry in plan.all(models.IdMap) if entry.source == source},
    )
    known.keys = {(entry.kind, entry.record_id): key for (_, key), entry in known.map.items() if not entry.deleted}
    for child in known.children.values():
        known.by_name[name_of(child)].append(child.id)
        known.by_full_name[same_name(full_name(child))].append(child.id)
    for guardian in known.guardians.values():
        known.add_guardian(guardian)
    for link in plan.all(models.Guardianship):
        if not link.deleted:
            known.guardianships[link.child_id].append(link)
        else:
            known.removed.add((link.child_id, link.guardian_id))
    lists: tuple[tuple[dict[str, list[Any]], type[models.Record]], ...] = (
        (known.restrictions, models.Restriction),
        (known.consents, models.Consent),
        (known.facts, models.CareFact),
        (known.slots, models.Slot),
    )
    for target, model in lists:
        for record in plan.living(model):
            target[record.child_id].append(record)  # type: ignore[attr-defined]
    return known


def name_of(child: "models.Child") -> str:
    """A record's `child_key`."""
    return child_key(
        child.given_name,
        child.prefix,
        child.surname,
        date.fromisoformat(child.birth_date) if child.birth_date else None,
    )


def full_name(child: "models.Child") -> str:
    """As it is written."""
    return " ".join(part for part in (child.given_name, child.prefix, child.surname) if part)


class Applying:
    """The work on one file so far: what is known, what of it the file spoke of, and what is to be said of it."""

    def __init__(self, plan: Plan, file: RosterFile) -> None:
        self.plan = plan
        self.file = file
        self.refused: list[Remark] = []
        self.warnings: list[Remark] = []
        self.kept_restrictions = 0
        self.kept_consents = 0
        self.seen: dict[str, tuple[What, str]] = {}  # by our id: everybody the file spoke of
        self.added: set[str] = set()
        self.fields: dict[str, set[str]] = {}
        self.groups: dict[str, str] = {}  # ids by the file's keys
        self.children: dict[str, str] = {}
        plan.begin_file()
        self.known = load(plan, file.source)

    def refuse(self, rule: str, line: int, **args: str) -> None:
        self.refused.append(Remark(rule, args, line))

    def note(self, what: What, record_id: str, name: str, *fields: str, added: bool = False) -> None:
        """The file spoke of this record; `fields` are those that changed."""
        self.seen.setdefault(record_id, (what, name))
        if added:
            self.added.add(record_id)
        if fields:
            self.fields.setdefault(record_id, set()).update(fields)

    def changes(self) -> tuple[ImportChange, ...]:
        """Each record that was added or changed, with the fields that changed."""
        return tuple(
            ImportChange(what, name, record_id in self.added, tuple(sorted(self.fields.get(record_id, ()))))
            for record_id, (what, name) in self.seen.items()
            if record_id in self.added or record_id in self.fields
        )
