"""Times and amounts that cannot be or seldom are, a meal or bottle twice, and food that a child must not have."""

from kindertui.domain.care import food_named
from kindertui.domain.plausibility.case import MINUTE, Case, nearest
from kindertui.domain.roster import NIGHT_SLEEP, is_night

_EPOCH = 719163  # the ordinal of 1 January 1970


def moments(case: Case) -> None:
    """A time is not in the future, not before birth, does not end before it starts and does not last too long."""
    step, start, end, limits = case.step, case.start, case.end, case.limits
    latest = start if end is None or end < start else end
    if latest > case.now + limits.ahead * MINUTE:
        case.report("in_future", {"time": case.clock(latest)})
    birth = case.day.child.birth_date
    # a look at the number of days first: to make a local date of an instant is dear
    if birth is not None and birth.toordinal() > start // 86400 + _EPOCH - 1 and case.date < birth:
        case.report("before_birth", {"birth_date": birth.isoformat()})
    if end is not None and end < start:
        woke = {"verb": "woke"} if step.ends_open else {}
        case.report("ends_before_start", {"start": case.clock(start), "end": case.clock(end), **woke})
        return
    if end == start:
        if step.end is not None and not step.not_slept and not (step.ends_open and case.asleep is None):
            case.report("zero_length", {"time": case.clock(start)})
        return
    length = case.length
    hours = {"hours": f"{length / 3600:.1f}"}
    if length > limits.most * MINUTE:
        case.report("over_a_day", hours)
    elif step.kind == "sleep":
        longest: float = limits.sleep * MINUTE
        if length > longest and is_night(case.local(start)):
            longest = max(longest, NIGHT_SLEEP.total_seconds())
        if length > longest and not (step.leaves_open and case.asleep is not None):
            case.report("sleep_long", hours)
    elif step.kind != "activity" and length > limits.meal * MINUTE:
        case.report("lasts_long", hours)


def temperature(case: Case) -> None:
    """What a thermometer can show, and what it mostly shows."""
    value, (low, high) = case.step.amount, case.limits.temperature
    if value is None:
        return
    likely = case.limits.temperature_likely
    if not low <= value <= high:
        case.report("temperature_range", {"amount": f"{value:g}", "low": f"{low:g}", "high": f"{high:g}"})
    elif not likely[0] <= value <= likely[1]:
        case.report("temperature_unlikely", {"amount": f"{value:g}"})


def portion(case: Case) -> None:
    """A part of a meal."""
    if case.step.amount is not None and not 0 <= case.step.amount <= 1:
        case.report("portion_range", {"amount": f"{case.step.amount:g}"})


def millilitres(case: Case) -> None:
    """What was drunk, of what was offered."""
    step, limits = case.step, case.limits
    value = step.amount
    if value is None:
        return
    offered = step.detail.get("offered")
    # Nothing taken is an answer only where something was offered.
    in_range = 0 <= value <= limits.millilitres and 0 <= (offered or 0) <= limits.millilitres
    if not in_range or (value == 0 and not offered):
        case.report("amount_range", {"amount": f"{value:g}", "most": f"{limits.millilitres:g}"})
    elif offered is not None and value > offered:
        case.report("taken_over_offered", {"amount": f"{value:g}", "offered": f"{offered:g}"})
    else:
        most = max(value, offered or 0)
        if step.kind == "bottle" and most > limits.bottle:
            case.report("bottle_large", {"amount": f"{most:g}"})
        elif step.kind == "drink" and most > limits.drink:
            case.report("drink_large", {"amount": f"{most:g}"})


def nappy(case: Case) -> None:
    """A nappy was wet, soiled, both or dry; an empty content is not "dry"."""
    if case.step.detail.get("content") not in ("wet", "soiled", "both", "dry"):
        case.report("nappy_content")


def second_meal(case: Case) -> None:
    """A child has each meal once a day, but for those that the profile lets come twice."""
    name = case.step.detail.get("meal")
    if not name or name in case.limits.meals_again:
        return
    today = (one for one in case.of("meal") if one.day == case.day.day)  # not the supper of the evening before
    same = next((one for one in today if one.detail.get("meal") == name), None)
    if same is not None:
        case.report("second_meal", {"meal": str(name), "time": case.clock(same.start)})


def second_bottle(case: Case) -> None:
    """Two bottles close together are mostly one, written down twice."""
    other = nearest(case.of("bottle"), case.start, case.limits.bottle_apart * MINUTE)
    if other is not None:
        minutes = int(abs(other.start.timestamp() - case.start) // MINUTE)
        case.report("bottle_soon", {"minutes": str(minutes), "time": case.clock(other.start)})


def food(case: Case) -> None:
    """What is eaten against an allergy or a diet."""
    if not case.step.text or not case.day.facts or case.step.amount == 0:  # nothing of it was eaten
        return
    for fact in case.day.facts:
        word = food_named(case.step.text, fact.text) if fact.kind in ("allergy", "diet") else None
        if word is not None:
            case.report("care_fact", {"kind": fact.kind, "fact": fact.text, "word": word})
