"""What is wrong with a profile file, in words: where, what stands there, what is expected."""

from kindertui.domain.policy import PolicyProblem
from kindertui.i18n import _


def policy_words(problem: PolicyProblem) -> str:
    """`absence.sick.nature: 'notce' is not one of notice, request.`"""
    details = dict(problem.details)
    if "expected" in details:
        details["expected"] = _kinds().get(details["expected"], details["expected"].replace(" to ", "–"))
    sentence = f"{problem.where}: {_sentences()[problem.rule].format_map(details)}"
    if "nearest" in details:
        return _("{sentence}; did you mean {nearest}?").format(sentence=sentence, nearest=details["nearest"])
    return f"{sentence}."


def _kinds() -> dict[str, str]:
    return {
        "a table": _("a table"), "a number": _("a number"), "a whole number": _("a whole number"),
        "a text": _("a text"), "true or false": _("true or false"), "a list of texts": _("a list of texts"),
    }  # fmt: skip


def _sentences() -> dict[str, str]:
    return {
        "unknown_key": _("there is no such key"),
        "missing_key": _("the key is missing"),
        "wrong_type": _("{expected} is expected here"),
        "not_one_of": _("'{found}' is not one of {expected}"),
        "bad_time": _("'{found}' is not a time; write it as 08:30"),
        "out_of_range": _("{found} is not {expected}"),
        "unknown_source": _("'{found}' is not listed under [sources]"),
        "never_leaves": _("'{found}' may never leave the house"),
        "must_stay_on": _("this check cannot be switched off"),
        "two_deadlines": _("give either at (with days_before) or hours_before, not both"),
        "syntax": _("not a readable TOML file: {found}"),
    }
