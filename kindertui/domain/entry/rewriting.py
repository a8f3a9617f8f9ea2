"""Rewrites a typed line for the two keys that answer the guard: kept from parents, or about the child it names.

Both try what the key would type and read it: a line that then means anything else is not offered.
"""

from collections.abc import Callable, Container

from msgspec.structs import replace

from kindertui.domain.entry.for_staff import MARK
from kindertui.domain.entry.model import LineProblem, Plan, Step
from kindertui.domain.entry.tokens import tokens

Read = Callable[[str], Plan | LineProblem]


def kept_line(line: str, read: Read, wanted: Container[int] | None = None) -> str:
    """The line with a mark before the words of each of its steps (`wanted`: of those parts of its plan only).

    Empty where nothing is left to keep.
    """
    plan = read(line)
    if not isinstance(plan, Plan):
        return ""
    kept = line
    for number, part in enumerate(plan.parts):
        if isinstance(part, Step) and not (part.for_staff or part.menu) and (wanted is None or number in wanted):
            kept = _marked(kept, number, read) or kept
    return kept if kept != line else ""


def _marked(line: str, number: int, read: Read) -> str:
    """The line with one more mark, by which this part, and none but parts of the same entry, is kept; or nothing."""
    plan = read(line)
    if not isinstance(plan, Plan) or _is_kept(plan, number):
        return ""
    # the last place that will do is right before the words; the very last, where an entry has none
    tries = [f"{line.rstrip()} {MARK}"]
    for entry in reversed(tokens(line)):
        tries += [f"{line[: word.at]}{MARK} {line[word.at :]}" for word in reversed(entry)]
    return next((tried for tried in tries if _keeps(read(tried), plan, number)), "")


def _is_kept(plan: Plan, number: int) -> bool:
    part = plan.parts[number]
    return isinstance(part, Step) and part.for_staff


def _keeps(found: Plan | LineProblem, plan: Plan, number: int) -> bool:
    """Does the mark keep this part and change nothing else about the plan?"""
    if not isinstance(found, Plan) or len(found.parts) != len(plan.parts) or not _is_kept(found, number):
        return False
    return all(
        new == old or (isinstance(new, Step) and isinstance(old, Step) and new == replace(old, for_staff=True))
        for new, old in zip(found.parts, plan.parts, strict=True)
    )


def line_about(line: str, said: str, name: str, child_id: str, read: Read) -> str:
    """The line as one about the child whose name its words begin with: `n flora is sad` becomes `Flora n is sad`.

    `said` is that name as it stands there, `name` what is typed for the child instead. Empty where the line already
    says whom it is about, or means anything else then.
    """
    plan = read(line)
    if not isinstance(plan, Plan) or len(plan.parts) != 1 or not isinstance(plan.parts[0], Step):
        return ""
    step = plan.parts[0]
    words, entry = said.split(), tokens(line)[0]
    for place in range(len(entry) - len(words) + 1):
        taken = entry[place : place + len(words)]
        if [word.text for word in taken] != words:
            continue
        tried = f"{name} {line[: taken[0].at]}{line[taken[-1].end :].lstrip()}"
        found = read(tried)
        if not isinstance(found, Plan) or len(found.parts) != 1 or not isinstance(found.parts[0], Step):
            continue
        about = found.parts[0]
        if about == replace(step, children=(child_id,), text=about.text) and step.text == f"{said} {about.text}":
            return tried
    return ""
