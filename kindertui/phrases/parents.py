"""What speaks against parents reading a text, in a sentence under the line it is typed on."""

from kindertui.domain.guard import GuardFinding
from kindertui.domain.parents import NOT_SENDABLE
from kindertui.domain.plausibility import Finding
from kindertui.i18n import _, ngettext
from kindertui.phrases import messages


def parents_words(finding: Finding) -> str:
    """`Fenna is a child here: the parents would read the name.`; else what the guard says of a message.

    Of what a group worker may not send, that a manager may.
    """
    if finding.rule == NOT_SENDABLE:
        return not_sendable(finding.args["words"])
    said = _matter(finding)
    return f"{said} " + _("Only a manager can send this.") if finding.level == "error" else said


def _matter(finding: Finding) -> str:
    args = finding.args
    words = tuple(args["words"].split("\n"))
    rule = finding.rule.removeprefix("parents_")
    if rule == "other_child_named":
        text = ngettext(
            "{names} is a child here: these parents would read the name.",
            "{names} are children here: these parents would read the names.",
            len(words),
        )
        return text.format(names=", ".join(words))
    one = GuardFinding(args["category"], rule, words, args["way"], args["level"])  # type: ignore[arg-type]
    return messages.finding(one)


def not_sendable(word: str) -> str:
    """What no bundle takes, and what to do about it."""
    return _(
        "{word} would never reach the parents: the portal takes no < right before a letter. Put a space between."
    ).format(word=word)
