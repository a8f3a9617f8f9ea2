"""Rules about arriving, leaving, and whether the child was there."""

from kindertui.domain.daylog import Kind
from kindertui.domain.pick_up import verdict
from kindertui.domain.plausibility.case import MINUTE, Case
from kindertui.domain.roster import expected_hours
from kindertui.domain.twice import around, moved_twice

# Kinds that need no child to be there: notes, and the two that have rules of their own.
NEED_NO_PRESENCE: frozenset[Kind] = frozenset({"arrival", "departure", "note"})


def _there(stays: list[tuple[float, float | None]], moment: float) -> bool:
    return any(arrived <= moment and (left is None or moment <= left) for arrived, left in stays)


def there(case: Case) -> None:
    """The child has to be in from the start to the end."""
    stays, start = case.log.stays, case.start
    if not stays:
        case.report("not_in")
        return
    first = stays[0][0]
    if start < first:
        case.report("before_arrival", {"time": case.clock(first)})
    last = start if case.end is None else case.end
    if last < first or (_there(stays, last) and _there(stays, max(start, first))):
        return
    gone = max((left for _, left in stays if left is not None and left <= last), default=None)
    if gone is None:  # the end lies before the start: `moments` reports that
        return
    left = stays[-1][1]
    over = left is not None and start > left + case.limits.slip * MINUTE
    case.report("not_in" if over else "after_departure", {"time": case.clock(gone)})


def there_that_day(case: Case) -> None:
    """The child has to be in at some time of the day: that she did not sleep may be written before or after."""
    if not case.log.stays:
        case.report("not_in")


def arrival(case: Case) -> None:
    """A child who arrives is not in yet, was not reported absent and is expected."""
    before, after = around(case.log.moves, case.start)
    double = moved_twice("arrival", before, after)
    if double is not None:
        case.report("already_in", {"time": case.clock(double.start)})
    else:
        # an entry within the slip after a departure was asked about then
        since = 0.0 if before is None else before.start.timestamp() + case.limits.slip * MINUTE
        _outside(case, "entries_before", since, case.start)
    absence = case.day.absence
    if absence is None:
        if case.day.scheduled and expected_hours(case.day) is None:
            case.report("not_expected")
    elif absence.kind == "sick":
        case.report("reported_sick", {"since": absence.first_day.isoformat()})
    else:
        case.report("reported_absent", {"kind": absence.kind})


def departure(case: Case) -> None:
    """A child who leaves came before and has not left yet; leaving ends a sleep, and nothing happened after it."""
    before, after = around(case.log.moves, case.start)
    if before is None:
        if after is not None and after.kind == "arrival":
            case.report("out_before_in", {"time": case.clock(after.start)})
        elif (eve := case.day.not_signed_out) is not None:
            case.report("out_not_in", {"since": case.clock(eve.start)})
        else:
            case.report("out_not_in")
        return
    left = moved_twice("departure", before, after)
    if left is not None:
        case.report("out_not_in", {"time": case.clock(left.start)})
        return
    asleep = case.asleep
    if asleep is not None:
        late = asleep.start.timestamp() >= case.start
        case.report("leaves_before_sleep" if late else "leaves_asleep", {"since": case.clock(asleep.start)})
    _outside(case, "entries_after", case.start, None if after is None else after.start.timestamp())


def pick_up(case: Case) -> None:
    """Whoever picked the child up may do so. Nothing is asked where nobody was named."""
    if not case.step.text:
        return
    found = verdict(case.step.text, case.day)
    if found is None:
        return
    if found.barred is None:
        case.report("pick_up_unknown", {"who": found.who})
    else:
        case.report("pick_up_barred", {"who": found.barred.name, "relation": found.barred.relation})


def incident_told(case: Case) -> None:
    """Nobody goes home before the parents were told of an incident; the leaving itself may be when they are."""
    for entry in case.log.entries:
        if entry.untold:
            case.report("incident_untold", {"time": case.clock(entry.start)})
            return


def _outside(case: Case, rule: str, since: float, until: float | None) -> None:
    """Reports the last entry that this arrival or departure would leave outside the stay."""
    for start, end, entry in reversed(case.log.intervals):
        if end is None or entry.kind in NEED_NO_PRESENCE:
            continue
        out = end > since if rule == "entries_after" else start > since
        if out and (until is None or start < until):
            case.report(rule, {"kind": entry.kind, "time": case.clock(start)})
            return
