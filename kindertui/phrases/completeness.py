"""What is missing, in words: what, since when, and the line that would mend it."""

from datetime import date

from kindertui.domain.due import Gap
from kindertui.domain.entry.words import verb_word
from kindertui.domain.policy import Policy
from kindertui.i18n import _
from kindertui.phrases import clock, day
from kindertui.phrases.roster import due_word

# The verb that a line for it begins with; food goes by what the child's age is asked for.
_VERBS = {"sleep_end": "woke", "departure": "out", "nappy": "nappy", "sleep": "sleep", "drink": "drink", "toilet": "wc",
          "weekly_piece": "note", "notebook": "note"}  # fmt: skip


def since_words(gap: Gap, today: date) -> str:
    """`still asleep, since 12:30`, `still in, since 08:02, thu 19 nov`, `none since 09:15`, `last one mon 9 nov`."""
    if gap.since is None:
        if gap.last is None:
            return _("none for four weeks")
        return _("last one {day}").format(day=day(gap.last))
    sentence = {"sleep_end": _("still asleep, since {time}"), "departure": _("still in, since {time}")}.get(
        gap.word, _("none since {time}")
    )
    words = sentence.format(time=clock(gap.since))
    return words if gap.day == today else f"{words}, {day(gap.day)}"


def gap_words(gap: Gap, today: date) -> str:
    """`still asleep, since 12:30`, `food: none since 09:15`."""
    since = since_words(gap, today)
    return since if gap.word in ("sleep_end", "departure") else f"{due_word(gap.word)}: {since}"


def begun_line(gap: Gap, policy: Policy, language: str) -> str:
    """The beginning of the line that would mend it, in the language of the screen: `woke `, `out `, `sleep ? `."""
    verb = _VERBS.get(gap.word)
    if verb is None:
        band = policy.band(gap.child.age_on(gap.day))
        kinds = [kind for due in band.dues if due.word == gap.word for kind in due.kinds] if band else []
        verb = "bottle" if kinds[:1] == ["bottle"] else "meal"
    # "slept or not?": of a nap that is missing nobody knows that it begins now, so Enter alone writes nothing
    return verb_word(verb, language) + (" ? " if verb == "sleep" else " ")
