"""A medicine against what the guardians agreed to, and against the doses before it."""

from kindertui.domain.medicine import medicine_name, same_medicine
from kindertui.domain.people import Agreement
from kindertui.domain.plausibility.case import MINUTE, Case, nearest


def medicine(case: Case) -> None:
    """Agreed to, on this day, and not too soon. What was given is given: each of these asks, and none refuses."""
    text = case.step.text
    if not text:
        return
    name = medicine_name(text)
    agreed = [one for one in case.day.agreements if same_medicine(name, medicine_name(one.medicine))]
    _agreement(case, agreed)
    given = (*case.day.doses, *case.of("medicine"))
    doses = [one for one in given if one.id != case.replacing and _same(name, text, one.text)]
    apart = _apart(case, agreed)
    other = nearest(doses, case.start, apart * MINUTE)
    if other is not None:
        local = case.local(other.start)
        args = {"medicine": other.text, "time": f"{local:%H:%M}", "apart": str(apart)}
        if local.date() != case.date:
            args["day"] = local.date().isoformat()
        case.say("medicine_soon", args)


def _same(name: tuple[str, ...], text: str, other: str) -> bool:
    """The same medicine; where a name is missing, the same words."""
    return same_medicine(name, medicine_name(other)) if name else text.casefold() == other.casefold()


def _agreement(case: Case, agreed: list[Agreement]) -> None:
    args = {"medicine": case.step.text}
    if not agreed:
        case.say("medicine_not_agreed", args)
        return
    on = case.date
    if any(one.covers(on) for one in agreed):
        return
    over = [one for one in agreed if one.last_day is not None and one.last_day < on]
    if over:
        last = max(over, key=lambda one: one.last_day or on)
        until = last.last_day or on
        args = {"medicine": last.medicine, "first": last.first_day.isoformat(), "last": until.isoformat()}
        case.say("medicine_agreement_over", args)
    else:
        next_one = min(agreed, key=lambda one: one.first_day)
        case.say("medicine_agreement_not_yet", {"medicine": next_one.medicine, "first": next_one.first_day.isoformat()})


def _apart(case: Case, agreed: list[Agreement]) -> int:
    """Minutes: the agreement's own, of several the longest, and the profile's where none says."""
    on = case.date
    held = [one for one in agreed if one.covers(on)] or agreed
    return max((one.apart for one in held if one.apart is not None), default=case.limits.medicine_apart)
