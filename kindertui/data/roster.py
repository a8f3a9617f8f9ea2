"""Who is at the location: the staff list, and a roster file that is applied.

A file is applied whole or not at all, twice the same as once, and never at the cost of a restriction.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import date
from functools import partial
from typing import Any

from kindertui.data import long_act, models, roster_care
from kindertui.data.act import Actor, Tx
from kindertui.data.clock import utc_now
from kindertui.data.connection import connect
from kindertui.data.plan import Plan, ReadAnew, Writing
from kindertui.data.queries import location, zone_of
from kindertui.data.roster_known import Applying, R, full_name
from kindertui.data.store import Store
from kindertui.domain.faults import Refused
from kindertui.domain.intake_roster import (
    KEPT,
    ImportReport,
    ReadChild,
    ReadGroup,
    ReadLeaver,
    ReadStaff,
    Remark,
    RosterFile,
    What,
)
from kindertui.domain.people import Staff, same_name

_TRIES = 5  # readings of the location, when others change it before the first piece is written
_ADDED: dict[What, str] = {"child": "children", "group": "groups", "guardian": "guardians", "staff": "staff"}


def add_staff(tx: Tx, name: str) -> Staff:
    """Puts a name on the staff list as a group worker; raises Refused `text_too_long` or `text_not_unicode`."""
    with models.refused_texts():
        record = tx.add(models.Staff, name=name)
    return Staff(record.id, record.name)


def take_in(
    store: Store,
    actor: Actor,
    files: Sequence[RosterFile],
    *,
    dry_run: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[ImportReport, ...]:
    """Applies files that were read, in this order and as one act, and says of each what changed; see `plan_roster`.

    They are worked out beside the writes of others and written piece by piece; `progress` hears how far it is. The
    reports end with the first file that has a refused line: then nothing is applied. Nor is anything in a dry run.
    Raises Refused `changed_since_read` when others change what the files speak of meanwhile, or `long_act_running`.
    """
    for _ in range(_TRIES):
        with closing(connect(store.locations.database, store.keys.database, read_only=True)) as db:
            db.execute("BEGIN")
            plan = Plan(db, utc_now().astimezone(zone_of(location(db))))
            reports = _planned(plan, files, dry_run)
        if dry_run or reports[-1].refused:
            return reports
        writing = Writing(plan)
        told = partial(_tell, progress, writing)
        try:
            if writing.units:
                long_act.write(store, actor, take_in.__name__, writing.step, between=told)
        except ReadAnew:
            continue
        return reports
    raise Refused("changed_since_read")


def _planned(plan: Plan, files: Sequence[RosterFile], dry_run: bool) -> tuple[ImportReport, ...]:
    reports = []
    for file in files:
        reports.append(plan_roster(plan, file, dry_run=dry_run))
        if reports[-1].refused:
            break
    return tuple(reports)


def _tell(progress: Callable[[int, int], None] | None, writing: Writing) -> None:
    if progress is not None:
        progress(writing.written, len(writing.units))


def plan_roster(plan: Plan, file: RosterFile, *, dry_run: bool = False) -> ImportReport:
    """Plans what a file that was read changes, and says it.

    A child is known by the id map, else by name and birth date; where that does not name exactly one, the line is
    refused. With any line refused, by the reader or here, nothing may be applied. Nobody is deleted for not being in
    the file; an empty field changes nothing. An import adds restrictions, consents and facts; it never lifts or changes
    a restriction, nor a consent that a person entered.
    """
    work = Applying(plan, file)
    if not file.refused:
        _apply(work)
    return _report(file, work, dry_run)


def _apply(work: Applying) -> None:
    people, file = _People(work), work.file
    for group in file.groups:
        people.group(group)
    for one in file.staff:
        people.staff(one)
    for child in file.children:
        people.child(child)
    for leaver in file.leavers:
        people.leaver(leaver)
    roster_care.apply_care(work)


def _report(file: RosterFile, work: Applying, dry_run: bool) -> ImportReport:
    refused = tuple(sorted((*file.refused, *work.refused), key=lambda remark: remark.line or 0))
    warnings = file.warnings if refused else (*file.warnings, *work.warnings)
    common = {
        "left": file.left, "dropped_fields": dict(file.dropped), "dry_run": dry_run,
        "refused": refused[:KEPT], "refused_count": len(refused),
        "warnings": warnings[:KEPT], "warnings_count": len(warnings),
    }  # fmt: skip
    if refused:
        return ImportReport(file.format, dict.fromkeys(_ADDED.values(), 0), **common)  # type: ignore[arg-type]
    changes = work.changes()
    added = Counter(_ADDED[change.what] for change in changes if change.added)
    return ImportReport(
        file.format,
        {name: added[name] for name in _ADDED.values()},
        changed=sum(not change.added for change in changes),
        unchanged=len(work.seen) - len(changes),
        kept_restrictions=work.kept_restrictions,
        kept_consents=work.kept_consents,
        changes=changes,
        **common,  # type: ignore[arg-type]
    )


class _People:
    """Who the file names: groups, staff and children are found or added, leavers get their last day."""

    def __init__(self, work: Applying) -> None:
        self.work, self.plan, self.known = work, work.plan, work.known
        self.today = work.plan.now.date()
        self.taken: set[str] = set()  # children that a line of the file stands for

    def group(self, group: ReadGroup) -> None:
        known = self.known
        record = known.mapped("care_group", group.key, known.groups)
        if record is None:
            named = [one for one in known.groups.values() if same_name(one.name) == same_name(group.name)]
            # one that the source knows by another key is another group, whatever it is called
            named = [one for one in named if not group.keyed or known.key_of("care_group", one.id) is None]
            if len(named) > 1:
                self.work.refuse("group_uncertain", group.line, count=str(len(named)))
                return
            record = named[0] if named else None
        id = self._id(models.CareGroup, record, "care_group", group.key)
        new = {"id": id, "name": group.name, "kind": group.kind or "day_care"}
        changed = {"name": group.name} if group.keyed else {}
        if group.kind and self.work.file.format == "csv":
            changed["kind"] = group.kind  # written there on purpose; in other formats it is only inferred
        ages = {"age_from": group.age_from, "age_to": group.age_to}
        record = self._written("group", known.groups, models.CareGroup, record, {**new, **ages}, changed)
        if group.keyed:
            known.remember("care_group", group.key, record.id)
        self.work.groups[group.key] = record.id

    def staff(self, one: ReadStaff) -> None:
        known = self.known
        record = known.mapped("staff", one.key, known.staff)
        if record is None:
            named = [each for each in known.staff.values() if same_name(each.name) == same_name(one.name)]
            if len(named) > 1 or (named and one.keyed and known.key_of("staff", named[0].id)):
                self.work.refuse("staff_uncertain", one.line, count=str(len(named)))
                return
            record = named[0] if named else None
        group_id = self.work.groups.get(one.group or "")
        changed: dict[str, str] = {"name": one.name} if one.keyed else {}
        if record is not None and record.group_id is None and group_id is not None:
            changed["group_id"] = group_id
        # never a manager: what a manager may do is not for a file to give
        id = self._id(models.Staff, record, "staff", one.key)
        new = {"id": id, "name": one.name, "role": "worker", "group_id": group_id}
        record = self._written("staff", known.staff, models.Staff, record, new, changed)
        if one.keyed:
            known.remember("staff", one.key, record.id)

    def child(self, child: ReadChild) -> None:
        record, sure = self._find(child)
        if not sure:
            return
        if record is not None and record.id in self.taken:
            self.work.refuse("child_uncertain", child.line, count="1")
            return
        group_id = self.work.groups.get(child.group or "")
        names = {"given_name": child.given_name, "prefix": child.prefix, "surname": child.surname}
        said = {
            "birth_date": _iso(child.birth_date),
            "group_id": group_id,
            "first_day": _iso(child.first_day),
            "last_day": _iso(child.last_day),
        }
        changed = {} if record is None else self._changed(child, record, names, said)
        id = self._id(models.Child, record, _kind(child), child.key)
        if record is None:
            self.known.forget(id)
        self.plan.begin_child(id)
        said["id"] = id
        record = self._written("child", self.known.children, models.Child, record, {**names, **said}, changed)
        self.known.remember(_kind(child), child.key, record.id)
        self.taken.add(record.id)
        self.work.children[child.key] = record.id

    def _changed(
        self, child: ReadChild, record: "models.Child", names: dict[str, str], said: dict[str, str | None]
    ) -> dict[str, str | None]:
        """What the file says of a known child; empty fields are left out."""
        values: dict[str, str | None] = {**names} if child.keyed else {}
        values |= {name: value for name, value in said.items() if value is not None}
        if record.last_day is not None and child.last_day is None and record.last_day < self.today.isoformat():
            if child.first_day and child.first_day.isoformat() > record.last_day:
                values["last_day"] = None  # a placement that began after the last one ended
            else:
                self.work.warnings.append(Remark("child_had_left", {}, child.line))
        return values

    def _written(
        self, what: What, known: dict[str, R], model: type[R], record: R | None, new: Mapping[str, Any],
        changed: Mapping[str, Any],
    ) -> R:  # fmt: skip
        """The record of whom the file names: a new one, or the known one with what the file changes of it."""
        added = record is None
        if record is None:
            record = self.plan.keep(model, **new)
            known[record.id] = record
        fields = () if added else self.plan.change(record, **changed)
        name = full_name(record) if what == "child" else record.name  # type: ignore[arg-type, attr-defined]
        self.work.note(what, record.id, name, *fields, added=added)
        return record

    def _id(self, model: type[R], record: R | None, kind: str, key: str) -> str:
        """The id of what a row of the file is about: two workstations that read one file mean the same."""
        return self.plan.id_of(model, self.known.source, kind, key) if record is None else record.id

    def _find(self, child: ReadChild) -> "tuple[models.Child | None, bool]":
        """The known child that is meant, or None for a new one; not sure: the line was refused."""
        known = self.known
        if (record := known.mapped(_kind(child), child.key, known.children)) is not None:
            return record, True
        found = known.by_name.get(child.name_key, []) if child.birth_date else []
        if not found:
            # without both birth dates one name may be one child or two
            same = known.by_full_name.get(same_name(f"{child.given_name} {child.prefix} {child.surname}"), [])
            found = [id for id in same if child.birth_date is None or known.children[id].birth_date is None]
            if found:
                self.work.refuse("child_uncertain", child.line, count=str(len(found)))
                return None, False
        if len(found) > 1 or (found and child.keyed and known.key_of("child", found[0])):
            self.work.refuse("child_uncertain", child.line, count=str(len(found)))
            return None, False
        if not found and not self.work.file.adds_children:
            self.work.refuse("child_unknown", child.line)
            return None, False
        return (known.children[found[0]] if found else None), True

    def leaver(self, leaver: ReadLeaver) -> None:
        """Gives a child we know its last day; a leaver who is not known is not added."""
        record = self.known.mapped(_kind(leaver), leaver.key, self.known.children)
        if record is None and not leaver.keyed:
            found = self.known.by_name.get(leaver.key, [])
            record = self.known.children[found[0]] if len(found) == 1 else None
        if record is not None and leaver.last_day is not None:
            self.plan.begin_child(record.id)
            self.work.note(
                "child", record.id, full_name(record), *self.plan.change(record, last_day=_iso(leaver.last_day))
            )


def _kind(child: ReadChild | ReadLeaver) -> str:
    """The id map keeps keys of a system apart from those made out of a name."""
    return "child" if child.keyed else "child_name"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
