"""The same once more, sooner than is likely."""

from kindertui.domain.plausibility.case import MINUTE, Case, nearest


def meal(case: Case) -> None:
    """One lunch a day."""
    name = case.step.detail.get("meal")
    if not name or name in case.limits.meals_again:
        return
    same = next((one for one in case.of("meal") if one.detail.get("meal") == name), None)
    if same is not None:
        case.say("second_meal", {"meal": str(name), "time": case.clock(same.start)})


def bottle(case: Case) -> None:
    """Two bottles close together are mostly one, written down twice."""
    other = nearest(case.of("bottle"), case.start, case.limits.bottle_apart * MINUTE)
    if other is not None:
        minutes = int(abs(other.start.timestamp() - case.start) // MINUTE)
        case.say("bottle_soon", {"minutes": str(minutes), "time": case.clock(other.start)})
