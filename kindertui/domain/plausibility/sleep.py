"""One sleep at a time, and awake for whatever a child is awake for."""

from kindertui.domain.daylog import Entry
from kindertui.domain.plausibility.case import AWAKE, Case, inside, lies, overlap


def sleep(case: Case) -> None:
    """Who wakes was asleep; who falls asleep was awake, and did nothing else meanwhile."""
    asleep = case.asleep
    if case.step.ends_open and asleep is None:
        case.say("not_asleep")
        return
    if case.step.leaves_open and asleep is not None:
        case.say("asleep_already", {"since": case.clock(asleep.start)})
        return
    for other in case.entries:
        if other.kind == "sleep":
            if not (case.step.ends_open and other is asleep) and overlap(case.start, case.end, other):
                end = case.clock(other.end) if other.end else ""
                case.say("overlaps_sleep", {"start": case.clock(other.start), "end": end})
        elif other.kind in AWAKE and _meanwhile(other.kind, lies(other), (case.start, case.end)):
            args = {"kind": other.kind, "time": case.clock(other.start), "since": case.clock(case.start)}
            case.say("while_asleep", args)
    if case.step.ends_open and case.end is not None:
        _looked_at_later(case, case.end)


def _looked_at_later(case: Case, woke: float) -> None:
    later = next((one for one in case.entries if one.kind == "sleep_check" and one.start.timestamp() > woke), None)
    if later is not None:
        case.say("checked_later", {"time": case.clock(later.start)})


def _meanwhile(kind: str, done: tuple[float, float | None], slept: tuple[float, float | None]) -> bool:
    """Was it done in a sleep? An activity of a whole morning may have a nap in it, but not lie in the nap."""
    if kind == "activity":
        return inside(*done, *slept)
    return (slept[1] is None or done[0] < slept[1]) and (done[1] is None or slept[0] < done[1])


def awake(case: Case) -> None:
    """Eating, drinking, a nappy, playing: not in a sleep."""
    for other in case.entries:
        if other.kind == "sleep" and _meanwhile(case.step.kind, (case.start, case.end), lies(other)):
            args = {"kind": case.step.kind, "time": case.clock(case.start), "since": case.clock(other.start)}
            case.say("while_asleep", args)
            return


def looked_at(case: Case) -> None:
    """A look at a sleeper needs one."""
    if not any(other.kind == "sleep" and _holds(other, case.start) for other in case.entries):
        case.say("check_not_asleep", {"time": case.clock(case.start)})


def _holds(sleep: Entry, moment: float) -> bool:
    since, until = lies(sleep)
    return since <= moment and (until is None or moment <= until)
