"""Times and amounts that cannot be, or seldom are, whatever else the day holds; and food a child must not have."""

from kindertui.domain.care import food_named
from kindertui.domain.plausibility.case import MINUTE, Case

_EPOCH = 719163  # the ordinal of 1 January 1970


def moments(case: Case) -> None:
    """Not to come, not before birth, not the wrong way round, not for ever."""
    step, start, end, limits = case.step, case.start, case.end, case.limits
    latest = start if end is None or end < start else end
    if latest > case.now + limits.ahead * MINUTE:
        case.say("in_future", {"time": case.clock(latest)})
    birth = case.day.child.birth_date
    # a look at the number of days first: to make a local date of an instant is dear
    if birth is not None and birth.toordinal() > start // 86400 + _EPOCH - 1 and case.date < birth:
        case.say("before_birth", {"birth_date": birth.isoformat()})
    if end is not None and end < start:
        woke = {"verb": "woke"} if step.ends_open else {}
        case.say("ends_before_start", {"start": case.clock(start), "end": case.clock(end), **woke})
        return
    if end == start:
        if step.end is not None and not step.not_slept and not (step.ends_open and case.asleep is None):
            case.say("zero_length", {"time": case.clock(start)})
        return
    length = case.length
    hours = {"hours": f"{length / 3600:.1f}"}
    if length > limits.most * MINUTE:
        case.say("over_a_day", hours)
    elif step.kind == "sleep":
        if length > limits.sleep * MINUTE and not (step.leaves_open and case.asleep is not None):
            case.say("sleep_long", hours)
    elif step.kind != "activity" and length > limits.meal * MINUTE:
        case.say("lasts_long", hours)


def temperature(case: Case) -> None:
    """What a thermometer can show, and what it mostly shows."""
    value, (low, high) = case.step.amount, case.limits.temperature
    if value is None:
        return
    likely = case.limits.temperature_likely
    if not low <= value <= high:
        case.say("temperature_range", {"amount": f"{value:g}", "low": f"{low:g}", "high": f"{high:g}"})
    elif not likely[0] <= value <= likely[1]:
        case.say("temperature_unlikely", {"amount": f"{value:g}"})


def portion(case: Case) -> None:
    """A part of a meal."""
    if case.step.amount is not None and not 0 <= case.step.amount <= 1:
        case.say("portion_range", {"amount": f"{case.step.amount:g}"})


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
        case.say("amount_range", {"amount": f"{value:g}", "most": f"{limits.millilitres:g}"})
    elif offered is not None and value > offered:
        case.say("taken_over_offered", {"amount": f"{value:g}", "offered": f"{offered:g}"})
    elif step.kind == "bottle" and value > limits.bottle:
        case.say("bottle_large", {"amount": f"{value:g}"})


def nappy(case: Case) -> None:
    """A nappy was wet, soiled, both or dry; nothing said is not dry."""
    if case.step.detail.get("content") not in ("wet", "soiled", "both", "dry"):
        case.say("nappy_content")


def food(case: Case) -> None:
    """What is eaten against an allergy or a diet."""
    if not case.step.text or not case.day.facts or case.step.amount == 0:  # nothing of it was eaten
        return
    for fact in case.day.facts:
        word = food_named(case.step.text, fact.text) if fact.kind in ("allergy", "diet") else None
        if word is not None:
            case.say("care_fact", {"kind": fact.kind, "fact": fact.text, "word": word})
