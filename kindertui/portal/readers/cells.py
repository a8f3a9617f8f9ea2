"""Parses the fields of a roster file's rows, and collects what was read and what was refused."""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from datetime import date, time, timedelta
from typing import Any, TypeVar

from msgspec import Struct

from kindertui.domain.intake_roster import (
    Format,
    ReadChild,
    ReadConsent,
    ReadFact,
    ReadGroup,
    ReadGuardian,
    ReadLeaver,
    ReadRestriction,
    ReadSlot,
    ReadStaff,
    Remark,
    RosterFile,
)  # fmt: skip
from kindertui.text import NAME_LENGTH, TEXT_LENGTH, TextRefused, clean

T = TypeVar("T")

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?\Z", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})([-.])(\d{1,2})\2(\d{4})\Z", re.ASCII)
_HOURS = re.compile(r"(\d{1,2})[:.](\d{2})\s*[-–]\s*(\d{1,2})[:.](\d{2})\Z", re.ASCII)
_EMAIL = re.compile(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+\Z")
_PHONE = re.compile(r"\+?[\d\s()/.-]{3,40}\Z", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}\Z", re.ASCII)
_YES = frozenset({"yes", "y", "ja", "j", "true", "1"})
_NO = frozenset({"no", "n", "nee", "nei", "false", "0"})

# Never kept, whatever the format: citizen and education numbers, descent, the weight that follows from it, passwords.
_NEVER = frozenset(
    {
        "sofinummer", "sofinr", "burgerservicenummer", "onderwijsnummer", "persoonsgebonden_nummer", "pgn",
        "rijksregisternummer", "etniciteit", "ethnicity", "race", "nationaliteit", "nationality", "geboorteland",
        "country_of_birth", "fødselsnummer", "fodselsnummer", "personnummer", "d_nummer", "wachtwoord", "password",
    }
)  # fmt: skip
_NEVER_BEGIN = ("bsn", "land", "gewicht")
OLDEST = 25  # years: special secondary education ends at 20


def never_kept(name: str) -> bool:
    """Is this a field whose value is not even looked at?"""
    plain = re.sub(r"[\s.-]+", "_", name.strip().casefold())
    return plain in _NEVER or plain.startswith(_NEVER_BEGIN)


class CellRefused(Exception):
    """A field that cannot be taken; `args_` never hold its value."""

    def __init__(self, rule: str, **args: str) -> None:
        super().__init__(rule)
        self.rule = rule
        self.args_ = args


class FileRow(Struct):
    """One line of a file: its fields by name, and where its refusals go."""

    line: int
    cells: Mapping[str, str]
    refused: list[Remark]

    def get(self, column: str, parse: Callable[[str], T], default: T) -> T:
        """The field parsed; `default` where it is empty, and where it is refused."""
        text = self.cells.get(column, "").strip()
        if not text:
            return default
        try:
            return parse(text)
        except CellRefused as problem:
            self.refuse(problem.rule, column=column, **problem.args_)
            return default

    def name(self, column: str) -> str:
        return self.get(column, name, "")

    def required(self, column: str) -> str:
        """A name there must be; refused once, for the first thing that is wrong with it."""
        before = len(self.refused)
        found = self.name(column)
        if not found and len(self.refused) == before:
            self.refuse("name_missing", column=column)
        return found

    def refuse(self, rule: str, **args: str) -> None:
        self.refused.append(Remark(rule, args, self.line))


class Reading:
    """What was read of one file so far, for the RosterFile that it becomes."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.groups: dict[Hashable, ReadGroup] = {}
        self.children: list[ReadChild] = []
        self.leavers: list[ReadLeaver] = []
        self.staff: list[ReadStaff] = []
        self.guardians: list[ReadGuardian] = []
        self.facts: list[ReadFact] = []
        self.consents: list[ReadConsent] = []
        self.restrictions: list[ReadRestriction] = []
        self.slots: list[ReadSlot] = []
        self.refused: list[Remark] = []
        self.warnings: list[Remark] = []
        self.dropped: Counter[str] = Counter()

    def file(self, format: Format, version: str, source: str, *, adds_children: bool = True) -> RosterFile:
        """All of it; the refusals in the order of the lines."""
        self.refused.sort(key=lambda remark: remark.line or 0)
        lists: dict[str, Any] = {
            name: tuple(value)
            for name, value in vars(self).items()
            if isinstance(value, list) and name in RosterFile.__struct_fields__
        }
        groups, dropped = tuple(self.groups.values()), dict(self.dropped)
        return RosterFile(format, version, source, groups, **lists, dropped=dropped, adds_children=adds_children)


def name(text: str) -> str:
    """A name, a number, a word: one clean line."""
    return _clean(text, NAME_LENGTH)


def note(text: str) -> str:
    """A sentence: one clean line."""
    return _clean(text, TEXT_LENGTH)


def _clean(text: str, limit: int) -> str:
    try:
        return clean(text, limit=limit)
    except TextRefused as refused:
        args = {"limit": str(limit)} if refused.rule == "text_too_long" else {}
        raise CellRefused(refused.rule, **args) from None


def day(text: str) -> date:
    """2021-03-31, 31-3-2021 or 31.3.2021. With slashes nobody knows which number is the month: refused."""
    if found := _ISO.match(text):
        year, month, number = found.groups()
    elif found := _DAY_FIRST.match(text):
        number, month, year = found[1], found[3], found[4]
    else:
        raise CellRefused("date_form")
    try:
        return date(int(year), int(month), int(number))
    except ValueError:
        raise CellRefused("date_impossible") from None


def birth_date(text: str, today: date) -> date:
    """A day not more than a year ahead (a place may be kept for a child not born yet) and not over 25 years ago."""
    found = day(text)
    if not today - timedelta(days=OLDEST * 366) <= found <= today + timedelta(days=366):
        raise CellRefused("birth_date_unlikely")
    return found


def hours(text: str) -> tuple[time, time]:
    """08:00-17:30; the end comes after the start."""
    found = _HOURS.match(text)
    if not found:
        raise CellRefused("hours_form")
    first_hour, first_minute, last_hour, last_minute = map(int, found.groups())
    try:
        start, end = time(first_hour, first_minute), time(last_hour, last_minute)
    except ValueError:
        raise CellRefused("hours_form") from None
    if end <= start:
        raise CellRefused("hours_reversed")
    return start, end


def email(text: str) -> str:
    """One address."""
    address = name(text)
    if not _EMAIL.match(address):
        raise CellRefused("email_form")
    return address


def phone(text: str) -> str:
    """A telephone number as it was written; 3,16E+10 is what a spreadsheet makes of one, and is refused."""
    number = name(text)
    if not _PHONE.match(number):
        raise CellRefused("phone_form")
    return number


def yes_no(text: str) -> bool:
    """yes or no, in English, Dutch or Norwegian."""
    word = text.casefold()
    if word not in _YES and word not in _NO:
        raise CellRefused("yes_no_form")
    return word in _YES


def language(text: str) -> str:
    """A language code of two or three letters (ISO 639)."""
    code = text.casefold()
    if not _LANGUAGE.match(code):
        raise CellRefused("language_form")
    return code


def one_of(words: Mapping[str, T]) -> Callable[[str], T]:
    """A parser for one of a few words."""

    def parse(text: str) -> T:
        try:
            return words[text.casefold()]
        except KeyError:
            raise CellRefused("word_unknown", expected=", ".join(words)) from None

    return parse
