"""Applying a roster file: whole or not at all, twice the same as once, and never at the cost of a restriction."""

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kindertui.data import roster_care
from kindertui.data.queries import location
from kindertui.data.roster_known import add, full_name, load, update
from kindertui.data.store import Tx
from kindertui.domain.intake_roster import (
    ImportChange,
    ImportReport,
    ReadChild,
    ReadGroup,
    ReadLeaver,
    ReadStaff,
    Remark,
    RosterFile,
    What,
    same_name,
)

if TYPE_CHECKING:
    from kindertui.data import models

_ADDED: dict[What, str] = {"child": "children", "group": "groups", "guardian": "guardians", "staff": "staff"}


def apply_roster(tx: Tx, file: RosterFile, *, dry_run: bool = False) -> ImportReport:
    """Applies a file that was read, in one act, and says what changed.

    A child is known by the id map, else by name and birth date; where that does not name exactly one, the line is
    refused. With any line refused, by the reader or here, nothing is applied. A dry run does the same and takes it all
    back. Nobody is deleted for not being in the file; an empty field changes nothing. An import adds restrictions,
    consents and facts; it never lifts or changes a restriction, nor a consent that a person entered.
    """
    if file.refused:
        return _report(file, Applying(tx, file), dry_run)
    work = Applying(tx, file)
    work.run()
    if dry_run or work.refused:
        tx.rollback()
    return _report(file, work, dry_run)


def _report(file: RosterFile, work: "Applying", dry_run: bool) -> ImportReport:
    refused = tuple(sorted((*file.refused, *work.refused), key=lambda remark: remark.line or 0))
    common = {"left": file.left, "refused": refused, "dropped_fields": dict(file.dropped), "dry_run": dry_run}
    if refused:
        return ImportReport(file.format, dict.fromkeys(_ADDED.values(), 0), warnings=file.warnings, **common)  # type: ignore[arg-type]
    changes = work.changes()
    added = Counter(_ADDED[change.what] for change in changes if change.added)
    return ImportReport(
        file.format,
        {name: added[name] for name in _ADDED.values()},
        changed=sum(not change.added for change in changes),
        unchanged=len(work.seen) - len(changes),
        warnings=(*file.warnings, *work.warnings),
        kept_restrictions=work.kept_restrictions,
        kept_consents=work.kept_consents,
        changes=changes,
        **common,  # type: ignore[arg-type]
    )


class Applying:
    """The work on one file: what is known, what was found of it, and what is to be said."""

    def __init__(self, tx: Tx, file: RosterFile) -> None:
        self.tx = tx
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
        self.taken: set[str] = set()

    def run(self) -> None:
        self.known = load(self.tx, self.file.source)
        self.today = self.tx.now.astimezone(ZoneInfo(location(self.tx.connection).timezone)).date()
        for group in self.file.groups:
            self._group(group)
        for one in self.file.staff:
            self._staff(one)
        for child in self.file.children:
            self._child(child)
        for leaver in self.file.leavers:
            self._leaver(leaver)
        roster_care.apply_care(self)
        self.tx.flush()

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
        return tuple(
            ImportChange(what, name, record_id in self.added, tuple(sorted(self.fields.get(record_id, ()))))
            for record_id, (what, name) in self.seen.items()
            if record_id in self.added or record_id in self.fields
        )

    def _group(self, group: ReadGroup) -> None:
        from kindertui.data import models

        known = self.known
        record = known.mapped("care_group", group.key, known.groups)
        if record is None:
            named = [one for one in known.groups.values() if same_name(one.name) == same_name(group.name)]
            # one that the source knows by another key is another group, whatever it is called
            named = [one for one in named if not group.keyed or known.key_of("care_group", one.id) is None]
            if len(named) > 1:
                self.refuse("group_uncertain", group.line, count=str(len(named)))
                return
            record = named[0] if named else None
        if record is None:
            record = add(
                self.tx,
                models.CareGroup,
                name=group.name,
                kind=group.kind or "day_care",
                age_from=group.age_from,
                age_to=group.age_to,
            )
            known.groups[record.id] = record
            self.note("group", record.id, record.name, added=True)
        else:
            values: dict[str, str] = {"name": group.name} if group.keyed else {}
            if group.kind and self.file.format == "csv":
                values["kind"] = group.kind  # written there on purpose; in other formats it is only inferred
            fields = update(self.tx, record, **values)
            self.note("group", record.id, record.name, *fields)
        if group.keyed:
            known.remember("care_group", group.key, record.id)
        self.groups[group.key] = record.id

    def _staff(self, one: ReadStaff) -> None:
        from kindertui.data import models

        known = self.known
        record = known.mapped("staff", one.key, known.staff)
        if record is None:
            named = [each for each in known.staff.values() if same_name(each.name) == same_name(one.name)]
            if len(named) > 1 or (named and one.keyed and known.key_of("staff", named[0].id)):
                self.refuse("staff_uncertain", one.line, count=str(len(named)))
                return
            record = named[0] if named else None
        group_id = self.groups.get(one.group or "")
        if record is None:
            # never a manager: what a manager may do is not for a file to give
            record = add(self.tx, models.Staff, name=one.name, role="worker", group_id=group_id)
            known.staff[record.id] = record
            self.note("staff", record.id, record.name, added=True)
        else:
            values: dict[str, str | None] = {"name": one.name} if one.keyed else {}
            if record.group_id is None and group_id is not None:
                values["group_id"] = group_id
            fields = update(self.tx, record, **values)
            self.note("staff", record.id, record.name, *fields)
        if one.keyed:
            known.remember("staff", one.key, record.id)

    def _child(self, child: ReadChild) -> None:
        from kindertui.data import models

        record, sure = self._find(child)
        if not sure:
            return
        if record is not None and record.id in self.taken:
            self.refuse("child_uncertain", child.line, count="1")
            return
        group_id = self.groups.get(child.group or "")
        if record is None:
            record = add(
                self.tx,
                models.Child,
                given_name=child.given_name,
                prefix=child.prefix,
                surname=child.surname,
                birth_date=_iso(child.birth_date),
                group_id=group_id,
                first_day=_iso(child.first_day),
                last_day=_iso(child.last_day),
            )
            self.known.children[record.id] = record
            self.note("child", record.id, full_name(record), added=True)
        else:
            fields = update(self.tx, record, **self._values(child, record, group_id))
            self.note("child", record.id, full_name(record), *fields)
        self.known.remember(_kind(child), child.key, record.id)
        self.taken.add(record.id)
        self.children[child.key] = record.id

    def _values(self, child: ReadChild, record: "models.Child", group_id: str | None) -> dict[str, str | None]:
        """What the file says of a known child; empty fields are left out."""
        values: dict[str, str | None] = {}
        if child.keyed:
            values |= {"given_name": child.given_name, "prefix": child.prefix, "surname": child.surname}
        said = {
            "birth_date": _iso(child.birth_date),
            "group_id": group_id,
            "first_day": _iso(child.first_day),
            "last_day": _iso(child.last_day),
        }
        values |= {name: value for name, value in said.items() if value is not None}
        if record.last_day is not None and child.last_day is None and record.last_day < self.today.isoformat():
            if child.first_day and child.first_day.isoformat() > record.last_day:
                values["last_day"] = None  # a placement that began after the last one ended
            else:
                self.warnings.append(Remark("child_had_left", {}, child.line))
        return values

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
                self.refuse("child_uncertain", child.line, count=str(len(found)))
                return None, False
        if len(found) > 1 or (found and child.keyed and known.key_of("child", found[0])):
            self.refuse("child_uncertain", child.line, count=str(len(found)))
            return None, False
        if not found and not self.file.adds_children:
            self.refuse("child_unknown", child.line)
            return None, False
        return (known.children[found[0]] if found else None), True

    def _leaver(self, leaver: ReadLeaver) -> None:
        """A child we know gets its last day; nobody is taken in to leave at once."""
        record = self.known.mapped(_kind(leaver), leaver.key, self.known.children)
        if record is None and not leaver.keyed:
            found = self.known.by_name.get(leaver.key, [])
            record = self.known.children[found[0]] if len(found) == 1 else None
        if record is not None and leaver.last_day is not None:
            self.note("child", record.id, full_name(record), *update(self.tx, record, last_day=_iso(leaver.last_day)))


def _kind(child: ReadChild | ReadLeaver) -> str:
    """The id map keeps keys of a system apart from those made out of a name."""
    return "child" if child.keyed else "child_name"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
