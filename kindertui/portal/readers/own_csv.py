"""Reads our own CSV: one row a child, with the columns that docs/csv.md describes, from any spreadsheet."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import partial

from kindertui.domain.intake_roster import (
    FileRefused,
    ReadChild,
    ReadConsent,
    ReadFact,
    ReadGroup,
    ReadGuardian,
    ReadLeaver,
    ReadRestriction,
    ReadSlot,
    Remark,
    RosterFile,
    child_key,
    name_key,
)  # fmt: skip
from kindertui.domain.people import ConsentScope, FactKind, GroupKind, RestrictionKind, same_name
from kindertui.portal.readers import cells, text_table

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
REQUIRED = ("given_name", "surname", "birth_date", "group")
GUARDIAN = ("name", "relation", "phone", "email", "language", "may_pick_up")
RESTRICTION = ("guardian", "kind", "reason", "since", "author")
FACTS: dict[str, FactKind] = {"allergies": "allergy", "diets": "diet", "health": "health", "notes": "note"}
COLUMNS = (
    "key", "given_name", "prefix", "surname", "birth_date", "group", "group_kind", "first_day", "last_day", *WEEKDAYS,
    *FACTS, "consents", "consents_since",
)  # fmt: skip
_NUMBERED = re.compile(
    rf"(?:guardian_([1-9])_(?:{'|'.join(GUARDIAN)})|restriction_([1-9])_(?:{'|'.join(RESTRICTION)}))\Z"
)
_GROUP_KINDS: dict[str, GroupKind] = {"day_care": "day_care", "after_school": "after_school", "school": "school"}
_KINDS: dict[str, RestrictionKind] = {"contact": "contact", "address": "address", "pick_up": "pick_up"}
SCOPES: dict[str, ConsentScope] = {
    "own": "photo_own_portal", "other": "photo_other_portal", "internal": "photo_internal",
    "external": "photo_external", "public": "photo_public",
}  # fmt: skip
_SILENT: dict[ConsentScope, bool] = {}
_ALL = "all"
_NONE = "none"


def is_column(name: str) -> bool:
    """Is this one of our columns? (in lower case)"""
    return name in COLUMNS or _NUMBERED.match(name) is not None


def is_mine(names: Iterable[str]) -> bool:
    """Are these the column names of this format? Two of our own columns are enough."""
    return len([name for name in names if is_column(name)]) >= 2


def read(data: bytes, today: date) -> RosterFile:
    """Reads the file. A column that is not ours refuses it: `alergies` must not pass for a remark nobody needs."""
    table = text_table.parse(data)
    _check_header(table.header)
    if not table.rows:
        raise FileRefused("no_children")
    reading = _Reading(table.header, today)
    for line, fields in table.rows:
        reading.row(line, fields)
    return reading.file("csv", "", "csv")


def _check_header(header: tuple[str, ...]) -> None:
    named = [name for name in header if name]
    if twice := sorted(name for name, count in Counter(named).items() if count > 1):
        raise FileRefused("columns_twice", {"columns": ", ".join(twice)})
    if unknown := sorted(name for name in named if not is_column(name) and not cells.never_kept(name)):
        raise FileRefused("columns_unknown", {"columns": ", ".join(cells.name(name)[:40] for name in unknown[:5])})
    if missing := [name for name in REQUIRED if name not in named]:
        raise FileRefused("columns_missing", {"columns": ", ".join(missing)})


class _Reading(cells.Reading):
    def __init__(self, header: tuple[str, ...], today: date) -> None:
        super().__init__(today)
        self.header = header
        self.keys: dict[str, int] = {}
        self.names: dict[str, int] = {}

    def row(self, line: int, fields: tuple[str, ...]) -> None:
        header = self.header
        extra = any(field.strip() for field in fields[len(header) :])
        if len(fields) < len(header) or extra:
            # a short row is the other half of one that a loose quote or line end has cut
            self.refused.append(Remark("row_cells", {"expected": str(len(header)), "found": str(len(fields))}, line))
            return
        row = cells.FileRow(line, {}, self.refused)
        known: dict[str, str] = {}
        for name, field in zip(header, fields, strict=False):
            if name and is_column(name):
                known[name] = field
            elif field.strip() and cells.never_kept(name):
                self.dropped[name] += 1
            elif field.strip():
                row.refuse("row_cells", expected=str(len([n for n in header if n])), found=str(len(fields)))
        row.cells = known
        self._child(row)

    def _child(self, row: cells.FileRow) -> None:
        given, prefix, surname = row.required("given_name"), row.name("prefix"), row.name("surname")
        born = row.get("birth_date", partial(cells.birth_date, today=self.today), None)
        if not row.cells.get("birth_date", "").strip():
            row.refuse("birth_date_missing", column="birth_date")
        own = row.name("key")
        key = own or child_key(given, prefix, surname, born)
        first_day, last_day = row.get("first_day", cells.day, None), row.get("last_day", cells.day, None)
        if first_day and last_day and last_day < first_day:
            row.refuse("days_reversed", column="last_day")
        group = self._group(row)
        child = ReadChild(key, row.line, given, prefix, surname, born, group, first_day, last_day, bool(own))
        self._once(row, child)
        if last_day and last_day < self.today:
            self.leavers.append(ReadLeaver(key, row.line, last_day, bool(own)))
            return
        self.children.append(child)
        if group is None:
            self.warnings.append(Remark("child_without_group", {}, row.line))
        self._slots(row, key)
        self._facts(row, key)
        self._consents(row, key)
        self._restrictions(row, key, self._guardians(row, key))

    def _once(self, row: cells.FileRow, child: ReadChild) -> None:
        """Two rows of one key, or of one name and birth date, are one child twice: refused, never guessed."""
        if (first := self.names.setdefault(child.name_key, row.line)) != row.line:
            row.refuse("child_twice", first=str(first))
        elif child.keyed and (first := self.keys.setdefault(child.key, row.line)) != row.line:
            row.refuse("key_twice", first=str(first))

    def _group(self, row: cells.FileRow) -> str | None:
        name = row.name("group")
        kind = row.get("group_kind", cells.one_of(_GROUP_KINDS), None)
        if not name:
            return None
        key = name_key("group", name)
        known = self.groups.get(key)
        if known is None or known.kind is None:
            self.groups[key] = ReadGroup(key, known.line if known else row.line, known.name if known else name, kind)
        elif kind not in (None, known.kind):
            row.refuse("group_kind_differs", first=str(known.line))
        return key

    def _slots(self, row: cells.FileRow, child: str) -> None:
        for weekday, column in enumerate(WEEKDAYS, 1):
            if found := row.get(column, cells.hours, None):
                self.slots.append(ReadSlot(child, row.line, weekday, *found))

    def _facts(self, row: cells.FileRow, child: str) -> None:
        for column, kind in FACTS.items():
            seen = set()
            for text in row.get(column, cells.note, "").split("|"):
                if (same := same_name(text)) and same not in seen:
                    seen.add(same)
                    self.facts.append(ReadFact(child, row.line, kind, text.strip()))

    def _consents(self, row: cells.FileRow, child: str) -> None:
        since = row.get("consents_since", cells.day, None)
        for scope, given in row.get("consents", _consents, _SILENT).items():
            self.consents.append(ReadConsent(child, row.line, scope, given, since))

    def _guardians(self, row: cells.FileRow, child: str) -> dict[str, str]:
        """Takes in the row's guardians; gives back key by name, for the restrictions."""
        found: dict[str, str] = {}
        for number in range(1, 10):
            at = f"guardian_{number}_"
            name = row.name(f"{at}name")
            if not name:
                if any(row.cells.get(at + part, "").strip() for part in GUARDIAN):
                    row.refuse("guardian_missing", column=f"{at}name")
                continue
            if same_name(name) in found:
                row.refuse("guardian_twice", column=f"{at}name")
                continue
            key = found[same_name(name)] = name_key("guardian", child, name)
            self.guardians.append(
                ReadGuardian(
                    key,
                    child,
                    row.line,
                    name,
                    relation=row.name(f"{at}relation"),
                    rank=len(found),
                    phone=row.get(f"{at}phone", cells.phone, ""),
                    email=row.get(f"{at}email", cells.email, ""),
                    language=row.get(f"{at}language", cells.language, ""),
                    may_pick_up=row.get(f"{at}may_pick_up", cells.yes_no, None),
                )
            )
        return found

    def _restrictions(self, row: cells.FileRow, child: str, guardians: dict[str, str]) -> None:
        for number in range(1, 10):
            at = f"restriction_{number}_"
            filled = [part for part in RESTRICTION if row.cells.get(at + part, "").strip()]
            if not filled:
                continue
            # nobody can explain a restriction later that has no reason, no day and no author
            if missing := [part for part in RESTRICTION if part not in filled]:
                row.refuse("restriction_incomplete", column=at + missing[0])
                continue
            who = same_name(row.name(f"{at}guardian"))
            if who != _ALL and who not in guardians:
                row.refuse("restriction_guardian_unknown", column=f"{at}guardian")
                continue
            kind = row.get(f"{at}kind", cells.one_of(_KINDS), None)
            since = row.get(f"{at}since", cells.day, None)
            reason, author = row.get(f"{at}reason", cells.note, ""), row.name(f"{at}author")
            if kind and since:
                self.restrictions.append(
                    ReadRestriction(child, row.line, guardians.get(who), kind, reason, since, author)
                )


def _consents(text: str) -> dict[ConsentScope, bool]:
    """`own|other` given, `no public` refused, `none` all refused; a scope that is not named says nothing."""
    found: dict[ConsentScope, bool] = {}
    for word in filter(None, (part.strip().casefold() for part in text.split("|"))):
        if word == _NONE:
            answers = dict.fromkeys(SCOPES.values(), False)
        else:
            given = not word.startswith("no ")
            scope = cells.one_of(SCOPES)(word.removeprefix("no ").strip())
            answers = {scope: given}
        if any(found.get(scope, given) != given for scope, given in answers.items()):
            raise cells.CellRefused("consent_twice")
        found.update(answers)
    return found
