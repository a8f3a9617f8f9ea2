"""Reads the two Social Schools layouts: pupils with their class, and invitations (addresses for known pupils).

Neither has keys: children are told apart by name and birth date, and two of the same are refused.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import partial

from kindertui.domain.intake_roster import (
    FileRefused,
    ReadChild,
    ReadGroup,
    ReadGuardian,
    Remark,
    RosterFile,
    child_key,
    name_key,
)  # fmt: skip
from kindertui.domain.people import same_name
from kindertui.portal.readers import cells, workbook

_PUPIL = ("roepnaam", "achternaam", "geboortedatum")
_OPTIONAL = ("tussenvoegsel", "leerjaar")
_CLASS = "klasnaam"
_EMAIL = "e-mailadres ouder/verzorger"
_EMAILS = (f"{_EMAIL} 1", f"{_EMAIL} 2")
_KNOWN = frozenset({*_PUPIL, *_OPTIONAL, _CLASS, *_EMAILS})


def is_mine(header: Sequence[str]) -> bool:
    """Is this the first row of one of the two layouts? Two of the portal's own columns are enough."""
    return len({same_name(name) for name in header} & _KNOWN) >= 2


def read(data: bytes, today: date) -> RosterFile:
    """Reads the first sheet that has the header; raises FileRefused when a column of the layout is missing."""
    rows = next((sheet for sheet in workbook.sheets(data) if sheet and is_mine(sheet[0].cells)), None)
    if rows is None:
        raise FileRefused("format_unknown")
    header = [same_name(name) for name in rows[0].cells]
    invites = _EMAILS[0] in header
    wanted = (*_PUPIL, *(() if invites else (_CLASS,)))
    if missing := [name for name in wanted if name not in header]:
        raise FileRefused("columns_missing", {"columns": ", ".join(missing)}, rows[0].number)
    if twice := [name for name, count in Counter(header).items() if name and count > 1]:
        raise FileRefused("columns_twice", {"columns": ", ".join(cells.name(name)[:40] for name in twice)})
    if not rows[1:]:
        raise FileRefused("no_children")
    pupils = _CLASS in header
    reading = _Reading(header, today)
    for row in rows[1:]:
        reading.row(row, pupils=pupils)
    version = "pupils" if pupils else "invitations"
    return reading.file("social-schools-xlsx", version, "social-schools", adds_children=pupils)


class _Reading(cells.Reading):
    def __init__(self, header: list[str], today: date) -> None:
        super().__init__(today)
        self.header = header
        self.warnings = [
            Remark("column_not_read", {"column": cells.name(name)[:40]})
            for name in header
            if name and name not in _KNOWN and not cells.never_kept(name)
        ]
        self.seen: dict[str, int] = {}

    def row(self, sheet_row: workbook.SheetRow, *, pupils: bool) -> None:
        row = cells.FileRow(sheet_row.number, {}, self.refused)
        known: dict[str, str] = {}
        for name, text in zip(self.header, sheet_row.cells, strict=False):
            if name in _KNOWN:
                known[name] = text
            elif text and cells.never_kept(name):
                self.dropped[name] += 1
        row.cells = known
        for column, rule in sheet_row.problems:
            if column < len(self.header) and self.header[column] in _KNOWN:
                row.refuse(rule, column=self.header[column])
        if not any(known.values()) and not sheet_row.problems:
            return
        given, prefix, surname = row.required("roepnaam"), row.name("tussenvoegsel"), row.name("achternaam")
        if not known.get("geboortedatum"):
            row.refuse("birth_date_missing", column="geboortedatum")
        born = row.get("geboortedatum", partial(cells.birth_date, today=self.today), None)
        child = ReadChild(
            child_key(given, prefix, surname, born), row.line, given, prefix, surname, born, self._group(row)
        )
        if (first := self.seen.setdefault(child.key, row.line)) != row.line:
            row.refuse("child_twice", first=str(first))
            return
        self.children.append(child)
        if pupils and child.group is None:
            self.warnings.append(Remark("child_without_group", {}, row.line))
        self._guardians(row, child.key)

    def _group(self, row: cells.FileRow) -> str | None:
        name = row.name(_CLASS)
        if not name:
            return None
        key = name_key("group", name)
        self.groups.setdefault(key, ReadGroup(key, row.line, name, "school"))
        return key

    def _guardians(self, row: cells.FileRow, child: str) -> None:
        """An address is all there is of a guardian: it is the key, and never shown as a name to the other guardian."""
        seen = set()
        for rank, column in enumerate(_EMAILS, 1):
            address = row.get(column, cells.email, "")
            if address and same_name(address) not in seen:
                seen.add(same_name(address))
                label = f"Ouder/verzorger {rank}"
                self.guardians.append(
                    ReadGuardian(
                        name_key("guardian", child, address),
                        child,
                        row.line,
                        label,
                        rank=rank,
                        email=address,
                        named=False,
                    )
                )
