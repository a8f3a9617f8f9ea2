"""What must be minded about a child in one line: what may hurt first and marked, then what is to know."""

from textual.content import Content

from kindertui.domain.roster import ChildDay
from kindertui.phrases import HARM
from kindertui.phrases.care_notes import harm_words, know_words
from kindertui.text import content


def mind_content(child_day: ChildDay) -> Content:
    """`! cow milk  ! father held back  no photo`; empty where there is nothing to mind."""
    harm = [content(HARM + one, "bold $tone-danger") for one in harm_words(child_day)]
    know = " · ".join(know_words(child_day))
    return Content("  ").join([*harm, *([content(know, "$tone-plain")] if know else [])])
