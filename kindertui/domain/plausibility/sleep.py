"""Rules about sleep: one at a time, and nothing that a child does awake meanwhile."""

from kindertui.domain.daylog import Entry, Kind
from kindertui.domain.plausibility.case import AWAKE, Case, inside, overlap


def sleep(case: Case) -> None:
    """A child who wakes was asleep; one who falls asleep was awake, and did nothing else meanwhile."""
    asleep = case.asleep
    if case.step.ends_open and asleep is None:
        case.report("not_asleep")
        return
    if case.step.leaves_open and asleep is not None:
        case.report("asleep_already", {"since": case.clock(asleep.start)})
        return
    for since, until, other in case.log.intervals:
        if other.kind == "sleep":
            itself = case.step.ends_open and other is asleep
            if not itself and overlap(case.start, case.end, since, until):
                end = case.clock(other.end) if other.end else ""
                case.report("overlaps_sleep", {"start": case.clock(other.start), "end": end})
        elif other.kind in AWAKE and _meanwhile(other.kind, since, until, case.start, case.end):
            meal = {"meal": str(other.detail["meal"])} if other.detail.get("meal") else {}
            args = {"kind": other.kind, "time": case.clock(other.start), **meal}
            case.report("while_asleep", args | _slept(case, case.start, case.end))
    said = next((one for one in case.of("sleep") if one.not_slept and _covers(case, one)), None)
    if said is not None:
        case.report("no_sleep_said", {"time": case.clock(said.start)})
    if case.step.ends_open and case.end is not None:
        _checked_later(case, case.end)


def _covers(case: Case, said: Entry) -> bool:
    """Does this sleep cover the moment, edges included, at which an entry says the child did not sleep?"""
    moment = said.start.timestamp()
    return case.start <= moment and (case.end is None or moment <= case.end)


def no_sleep(case: Case) -> None:
    """A child who did not sleep is not asleep, has no sleep that day, and it is not written already of the same nap.

    On a past day the moment tells nothing: it is noon where nobody typed one.
    """
    asleep, over = case.asleep, case.local(case.now).date() > case.day.day
    if asleep is not None and (over or asleep.start.timestamp() <= case.start):
        case.report("no_sleep_asleep", {"since": case.clock(asleep.start)})
        return
    slept = [one for one in case.log.intervals if one.entry.kind == "sleep" and one.end is not None]
    if slept and (until := slept[-1].end) is not None:
        case.report("no_sleep_slept", {"start": case.clock(slept[-1].start), "end": case.clock(until)})
    again = next((one for one in reversed(case.of("sleep")) if one.not_slept and not _slept_between(case, one)), None)
    if again is not None:
        case.report("no_sleep_again", {"time": case.clock(again.start)})


def _slept_between(case: Case, said: Entry) -> bool:
    """Is there a sleep between two entries that say there was none? Then they are about two naps."""
    moment = said.start.timestamp()
    first, last = min(moment, case.start), max(moment, case.start)
    return any(one.entry.kind == "sleep" and first <= one.start < last for one in case.log.intervals)


def _checked_later(case: Case, woke: float) -> None:
    later = next((one for one in case.log.intervals if one.entry.kind == "sleep_check" and one.start > woke), None)
    if later is not None:
        case.report("checked_later", {"time": case.clock(later.start)})


def _meanwhile(kind: Kind, start: float, end: float | None, slept: float, woke: float | None) -> bool:
    """Was it done during a sleep? An activity of a whole morning may contain a nap, but not lie within it."""
    return (inside if kind == "activity" else overlap)(start, end, slept, woke)


def awake(case: Case) -> None:
    """Eating, drinking, a nappy and playing do not happen during a sleep."""
    for since, until, other in case.log.intervals:
        if other.kind == "sleep" and _meanwhile(case.step.kind, case.start, case.end, since, until):
            meal = {"meal": str(case.step.detail["meal"])} if case.step.detail.get("meal") else {}
            args = {"kind": case.step.kind, "time": case.clock(case.start), **meal}
            case.report("while_asleep", args | _slept(case, since, until))
            return


def _slept(case: Case, since: float, until: float | None) -> dict[str, str]:
    """The start of a sleep, and its end where that is known, for a sentence."""
    return {"since": case.clock(since)} | ({} if until is None else {"until": case.clock(until)})


def sleep_check(case: Case) -> None:
    """A sleep check needs a sleeper."""
    for since, until, other in case.log.intervals:
        if other.kind == "sleep" and since <= case.start and (until is None or case.start <= until):
            return
    case.report("check_not_asleep", {"time": case.clock(case.start)})
