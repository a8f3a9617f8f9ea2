"""A small roster for the tests of the entry language, and short ways to read a line against it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from kindertui.domain.entry import AbsenceReport, LineProblem, OtherChild, Plan, Roster, RosterChild, Step, parse

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 20, 12, 41, 30, 123, tzinfo=ZONE)  # a Friday

AYA = RosterChild("aya", "Aya", "Bakker", is_in=True, expected=True)
BRAM = RosterChild("bram", "Bram", "Wit", "de", is_in=True, expected=True)
CATO = RosterChild("cato", "Cato", "Smit", is_in=True, expected=True)
DAAN = RosterChild("daan", "Daan", "Visser", expected=True)
EVI = RosterChild("evi", "Evi", "Mulder", expected=True)
FINN = RosterChild("finn", "Finn", "Jansen", expected=True, was_in=True)
EMMA_V = RosterChild("emma-v", "Emma", "Visser", is_in=True)
EMMA_J = RosterChild("emma-j", "Emma", "Jansen", is_in=True)
OSTER = RosterChild("oster", "Øster", "Ås", is_in=True)
DANIEL = RosterChild("daniel", "Daniël", "Berg", "van den", is_in=True)
SAM = RosterChild("sam", "Sam", "Oud")
CHILDREN = (AYA, BRAM, CATO, DAAN, EVI, FINN, EMMA_V, EMMA_J, OSTER, DANIEL, SAM)
# Not on the roster: of another group, gone, and to come.
BAS = OtherChild("bas", "Bas", "Hak", group="Vlinders")
KAAT = OtherChild("kaat", "Kaat", "Hak", group="Uilen", last_day=date(2026, 9, 3))
NOOR = OtherChild("noor", "Noor", "Hak", group="Uilen", first_day=date(2026, 12, 1))
OTHERS = (BAS, KAAT, NOOR)
ROSTER = Roster(CHILDREN, cursor="aya", groups=("Uilen", "Vlinders"))


def read(line: str, language: str = "en", roster: Roster = ROSTER, now: datetime = NOW) -> Plan:
    plan = parse(line, roster, now, language)
    assert isinstance(plan, Plan), plan
    return plan


def step(line: str, language: str = "en", roster: Roster = ROSTER, now: datetime = NOW) -> Step:
    (part,) = read(line, language, roster, now).parts
    assert isinstance(part, Step)
    return part


def report(line: str, language: str = "en") -> AbsenceReport:
    (part,) = read(line, language).parts
    assert isinstance(part, AbsenceReport)
    return part


def problem(line: str, language: str = "en", roster: Roster = ROSTER, now: datetime = NOW) -> LineProblem:
    found = parse(line, roster, now, language)
    assert isinstance(found, LineProblem), found
    return found


def clock(text: str) -> datetime:
    """That time on the day of NOW."""
    hour, minute = text.split(":")
    return datetime(2026, 11, 20, int(hour), int(minute), tzinfo=ZONE)
