"""Reads EDEXML 1.0.3, 2.0 and 2.1: groups, pupils and teachers of a Dutch or Flemish school.

The published schema refuses school years after 2024-2025; here a school year is two years that follow each other. The
file holds no guardians. A key that begins with # is not promised to stay: such a record is matched by its name.
"""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec import Struct, field

from kindertui.domain.intake_roster import (
    FileRefused,
    ReadChild,
    ReadGroup,
    ReadLeaver,
    ReadStaff,
    Remark,
    RosterFile,
    child_key,
    name_key,
)  # fmt: skip
from kindertui.domain.people import GroupKind
from kindertui.portal.readers import cells, xml
from kindertui.portal.readers.source import MAX_ROWS

_VERSIONS = {"1.03": "1.0.3", "1.0.3": "1.0.3", "2.0": "2.0", "2.0 CONCEPT": "2.0", "2.1": "2.1"}
_SCHOOL_YEAR = re.compile(r"(\d{4})-(\d{4})\Z", re.ASCII)
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})?\Z", re.ASCII)
_RECORDS = {
    ("groepen", "groep"), ("groepen", "samengestelde_groep"),
    ("leerlingen", "leerling"), ("leerkrachten", "leerkracht"),
}  # fmt: skip
# All else (photographs, post codes, user names, additions) is not even held in memory.
_KEPT = frozenset(
    {
        "schooljaar", "xsdversie", "brincode", "dependancecode", "instellingsnummer", "schoolkey", "naam", "jaargroep",
        "achternaam", "voorvoegsel", "voornamen", "voorletters-1", "roepnaam", "geboortedatum", "instroomdatum",
        "uitstroomdatum",
    }
)  # fmt: skip
# The schema names ages for these only; there is no code for 2 to 3 years, and 0 is a play group.
_AGES: dict[str, tuple[int, int]] = {"B": (0, 1), "D": (1, 2), "0": (3, 4), "1": (4, 5), "2": (5, 6)}
_DAY_CARE = frozenset({"B", "D", "0"})
_HISTORIC = "H"


def is_mine(root: str) -> bool:
    """Is this the root element of the format?"""
    return root == "EDEX"


class _Record(Struct):
    """One groep, leerling or leerkracht: its own fields by name, and the groups it points at."""

    kind: str
    key: str
    line: int
    fields: dict[str, str] = field(default_factory=dict)
    groups: list[tuple[str, str]] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)


class _Handler(xml.Handler):
    """Keeps the fields of the school and of each record; never the text of a field that must not be kept."""

    def __init__(self) -> None:
        super().__init__()
        self.school: dict[str, str] = {}
        self.records: list[_Record] = []
        self.count: Counter[str] = Counter()
        self.dropped: Counter[str] = Counter()
        self._record: _Record | None = None
        self._text: list[str] | None = None
        self._drops = False

    def startElement(self, name: str, attrs: Any) -> None:
        super().startElement(name, attrs)
        way = self.way
        if not is_mine(way[0]):
            raise FileRefused("xml_root")
        if len(way) == 3 and tuple(way[1:]) in _RECORDS:
            self.count[name] += 1
            if self.count[name] > MAX_ROWS:
                raise FileRefused("too_many_rows", {"limit": str(MAX_ROWS)}, self.line)
            self._record = _Record(name, attrs.get("key", "").strip(), self.line)
            self.records.append(self._record)
        elif self._record is not None and name in ("groep", "samengestelde_groep") and len(way) in (4, 5):
            self._record.groups.append((name, attrs.get("key", "").strip()))
        elif (self._record is not None and len(way) == 4) or (len(way) == 3 and way[1] == "school"):
            self._drops = cells.never_kept(name)
            self._text = [] if self._drops or name in _KEPT else None

    def characters(self, content: str) -> None:
        if self._text is None:
            return
        if not self._drops:
            self._text.append(content)
        elif not self._text and content.strip():
            self._text.append("")  # it was there; what it was is not looked at

    def endElement(self, name: str) -> None:
        depth = len(self.way)
        if self._text is not None and depth == (3 if self._record is None else 4):
            self._keep(name, self._text)
            self._text = None
        elif depth == 3:
            self._record = None
        super().endElement(name)

    def _keep(self, name: str, text: list[str]) -> None:
        if self._drops:
            self.dropped[name] += bool(text)
            return
        fields = self.school if self._record is None else self._record.fields
        if name in fields and self._record is not None:
            self._record.twice.append(name)
        fields[name] = "".join(text).strip()


def read(data: bytes, today: date) -> RosterFile:
    """Reads the file; raises FileRefused for one that is no EDEXML of a known version and school year."""
    handler = _Handler()
    xml.parse(data, handler)
    stated = handler.school.get("xsdversie", "")
    if stated and stated not in _VERSIONS:
        raise FileRefused("version_unknown", {"known": "1.0.3, 2.0, 2.1"})
    years = _SCHOOL_YEAR.match(handler.school.get("schooljaar", ""))
    if not years or int(years[2]) != int(years[1]) + 1:
        raise FileRefused("school_year")
    if not any(record.kind == "leerling" for record in handler.records):
        raise FileRefused("no_children")
    reading = _Reading(today)
    reading.dropped = handler.dropped
    reading.records(handler.records)
    return reading.file("edexml", _VERSIONS.get(stated, ""), _source(handler.school))


class _Reading(cells.Reading):
    def __init__(self, today: date) -> None:
        super().__init__(today)
        self.seen: dict[tuple[str, str], int] = {}
        self.names: dict[str, int] = {}
        self.unstable = 0

    def records(self, records: Sequence[_Record]) -> None:
        """The groups first: pupils and teachers point at them."""
        for record in records:
            if record.kind in ("groep", "samengestelde_groep"):
                self._group(record)
        for record in records:
            if record.kind == "leerling":
                self._child(record)
            elif record.kind == "leerkracht":
                self._teacher(record)
        if self.unstable:
            self.warnings.append(Remark("key_unstable", {"count": str(self.unstable)}))

    def _row(self, record: _Record) -> cells.FileRow:
        """The record's fields, after what holds for every record: a key, used once, and no field twice."""
        row = cells.FileRow(record.line, record.fields, self.refused)
        # groep and samengestelde_groep share one set of keys (the schema's groepKeyUnique)
        kind = "groep" if record.kind == "samengestelde_groep" else record.kind
        for name in record.twice:
            row.refuse("element_twice", column=name)
        if not record.key:
            row.refuse("key_missing")
        elif (kind, record.key) in self.seen:
            row.refuse("key_twice", first=str(self.seen[kind, record.key]))
        else:
            self.seen[kind, record.key] = record.line
            self.unstable += record.key.startswith("#")
        return row

    def _group(self, record: _Record) -> None:
        row = self._row(record)
        name = row.required("naam")
        year = record.fields.get("jaargroep", "")
        kind: GroupKind | None = None
        if year:
            kind = "day_care" if year in _DAY_CARE else "school"
        first, last = _AGES.get(year, (None, None))
        keyed = not record.key.startswith("#")
        key = record.key if keyed else name_key("group", name)
        self.groups.setdefault(
            (record.kind, record.key), ReadGroup(key, record.line, name, kind, first, last, keyed=keyed)
        )

    def _main_group(self, record: _Record, row: cells.FileRow) -> str | None:
        """The key of the record's groep, else of its first combined group."""
        for kind, key in record.groups:
            if (kind, key) not in self.groups:
                row.refuse("group_unknown")
        ordered = sorted(record.groups, key=lambda reference: reference[0] != "groep")
        return next((self.groups[reference].key for reference in ordered if reference in self.groups), None)

    def _child(self, record: _Record) -> None:
        before = len(self.refused)
        row = self._row(record)
        with_key = len(self.refused)
        given, prefix, surname = self._person(row)
        born = row.get("geboortedatum", lambda text: cells.birth_date(_xml_date(text), self.today), None)
        first_day = row.get("instroomdatum", lambda text: cells.day(_xml_date(text)), None)
        last_day = row.get("uitstroomdatum", lambda text: cells.day(_xml_date(text)), None)
        keyed = not record.key.startswith("#")
        key = record.key if keyed else child_key(given, prefix, surname, born)
        if (last_day and last_day < self.today) or record.fields.get("jaargroep") == _HISTORIC:
            # who has left need not be faultless: only the key and the last day are used
            del self.refused[with_key:]
            left = last_day if last_day and last_day < self.today else None
            self.leavers.append(ReadLeaver(key, record.line, left, keyed))
            return
        if first_day and last_day and last_day < first_day:
            row.refuse("days_reversed", column="uitstroomdatum")
        group = self._main_group(record, row)
        if len(self.refused) > before:
            return
        child = ReadChild(key, record.line, given, prefix, surname, born, group, first_day, last_day, keyed)
        first = self.names.get(child.name_key)
        self.names.setdefault(child.name_key, record.line)
        if first is not None and not keyed:
            row.refuse("child_twice", first=str(first))
        elif first is not None:
            self.warnings.append(Remark("child_same_name", {"first": str(first)}, record.line))
        if group is None:
            self.warnings.append(Remark("child_without_group", {}, record.line))
        self.children.append(child)

    def _teacher(self, record: _Record) -> None:
        before = len(self.refused)
        row = self._row(record)
        given, prefix, surname = self._person(row)
        group = self._main_group(record, row)
        if len(self.refused) > before:
            return
        name = " ".join(part for part in (given, prefix, surname) if part)
        keyed = not record.key.startswith("#")
        key = record.key if keyed else name_key("staff", name)
        self.staff.append(ReadStaff(key, record.line, name, group, keyed))

    def _person(self, row: cells.FileRow) -> tuple[str, str, str]:
        """Given name, prefix, surname. The call name, else the first names, else the initials; a name there must be."""
        before = len(self.refused)
        prefix, surname = row.name("voorvoegsel"), row.name("achternaam")
        given = row.name("roepnaam") or row.name("voornamen") or row.name("voorletters-1")
        if given or len(self.refused) > before:
            return given, prefix, surname
        return (" ".join(filter(None, (prefix, surname))) if surname else row.required("roepnaam")), "", ""


def _xml_date(text: str) -> str:
    """An xs:date without its time zone."""
    found = _DATE.match(text)
    if not found:
        raise cells.CellRefused("date_form")
    return found[1]


def _source(school: dict[str, str]) -> str:
    """Keys are unique within one school: it is named by its public number, else by its own key."""
    branch = school.get("dependancecode", "")
    number = school.get("brincode", "") + ("" if branch == "00" else branch)  # 00 means the same as none
    name = number or school.get("instellingsnummer", "") or school.get("schoolkey", "")
    return f"edexml:{name}" if name else "edexml"
