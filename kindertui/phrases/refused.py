"""One sentence for each reason why an act was refused or a line set aside: what, where, and what to do now."""

from collections.abc import Mapping

from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.i18n import _
from kindertui.phrases import absences, attendance, backup, care_notes, fault, memos, messages, portal, short_words


def sentence(problem: DatabaseFault | Refused) -> str:
    """The sentence for whatever stopped an act."""
    return fault(problem) if isinstance(problem, DatabaseFault) else refused(problem)


def refused(problem: Refused) -> str:
    """The sentence for a refusal; subjects with many rules have theirs in their own modules."""
    sentences = {
        "nothing_to_undo": _("There is nothing of yours to take back."),
        "nothing_to_redo": _("There is nothing to do again."),
        "undo_changed_since": _("Not taken back: {by} changed it since, at {at}. Nothing was changed."),
        "undo_unsaved": _("Not taken back: what you typed last is not saved yet. ctrl+s shows it; Del drops it there."),
        "undo_of_file": _("Not taken back: it is what a file brought. ctrl+z asks before it takes that back."),
        "undo_restriction": _("Not taken back: a restriction is taken back by who wrote it. A manager may lift it."),
        "undo_shared": _("Not taken back: others know of this restriction already. A manager may lift it."),
        "undo_other_since": _("Not taken back: something else was done meanwhile. Look, then take back once more."),
        "changed_meanwhile": _("Not saved: {by} changed it at {at}. Look at it again, then type your line once more."),
        "being_taken_in": _("Not saved: what this is about is being taken in from a file. Try again in a moment."),
        "changed_since_read": _("Nothing was taken in: others changed what the file is about. Take it in once more."),
        "long_act_running": _("Not now: a file is being taken in, or taken back. Try again in a moment."),
        "dropped_elsewhere": _("Not saved: it was dropped, or typed again, in another window."),
        "child_unknown": _("That child is not on the roster any more: nothing was saved."),
        "nobody_asleep": _("Nobody is asleep: there is nothing to check."),
        "command_in_log": _("{word} is not an entry: it is typed in the program."),
        "values_missing": _("Whose value is what? Give each as --value NAME=VALUE, for: {names}."),
        "value_whose": _("Who is {word}? The line is about {names}. Type more of the name."),
        "recovery_group": _(
            "Group {group} of the recovery key is mistyped: look at it on the paper and type the key again."
        ),
        "recovery_long": _("That is more than a recovery key has: type its eight groups, and nothing else."),
        "recovery_wrong": _(
            "This is the recovery key of something else: nothing was opened and nothing was changed. Look for the paper of this location."
        ),
        "clock_year": _("This computer says that it is {now}. Set its clock and start again; nothing was saved."),
        "text_too_long": _("The text is too long: shorten it. What you typed is still there."),
    }
    for subject in (absences, attendance, backup, messages, care_notes, memos, portal, short_words):
        sentences |= subject.refusals()
    words = {**problem.args_, **absences.arguments(problem), **messages.arguments(problem)}
    return sentences[problem.rule].format_map({"by": "?", "at": "?", "word": "", **words})


def quarantine_words(rule: str, args: Mapping[str, str]) -> str:
    """Why a line that came in was set aside; also for the rules of absences and messages."""
    problems = portal.record_problems()
    if rule in problems:
        return problems[rule].format_map(portal.Given(args))
    return refused(Refused(rule, **dict(args)))
