"""What went out and came in, in sentences: why a bundle or a profile is refused, why a record stays here or is set aside."""

from collections.abc import Mapping

from kindertui.domain.policy import PolicyProblem
from kindertui.i18n import _, ngettext


def problem_words(file: str, line: int | None, rule: str, args: Mapping[str, str]) -> str:
    """One sentence for something wrong with a file from outside: which file, which line, what, and what to do."""
    sentence = {**_file_problems(), **record_problems()}[rule].format_map(Given(args))
    if line is None:
        return _("{file}: {sentence}").format(file=file, sentence=sentence)
    return _("{file}, line {line}: {sentence}").format(file=file, line=line, sentence=sentence)


def incoming_kind(name: str) -> str:
    """What a record of a bundle is about, for its type in docs/bundle.md; of a line nobody could read a dash."""
    return {
        "attendance": _("in and out"), "sleep": _("sleep"), "meal": _("meal"), "drink": _("drink"),
        "diaper": _("nappy"), "toilet": _("toilet"), "activity": _("activity"), "note": _("note"),
        "health": _("health"), "absence": _("absence"), "consent": _("consent"), "message": _("message"),
        "receipt": _("receipt"), "delete": _("taken away"),
    }.get(name, "–")  # fmt: skip


def held_back(reason: str, count: int) -> str:
    """How many records stay in the house, and why."""
    return {
        "staff_only": ngettext(
            "{n} record is for the staff only and stays here.",
            "{n} records are for the staff only and stay here.",
            count,
        ),
        "health": ngettext(
            "{n} record is about health; this portal does not take it.",
            "{n} records are about health; this portal does not take them.",
            count,
        ),
        "special": ngettext(
            "{n} record is specially protected; this portal does not take it.",
            "{n} records are specially protected; this portal does not take them.",
            count,
        ),
        "safeguarding": ngettext(
            "{n} record is about a child's safety and never leaves.",
            "{n} records are about a child's safety and never leave.",
            count,
        ),
        "nobody_in_audience": ngettext(
            "{n} record is about a child none of whose guardians may be told; it stays here.",
            "{n} records are about children none of whose guardians may be told; they stay here.",
            count,
        ),
        "has_html": ngettext(
            "{n} record has a < right before a letter, which a portal may take for code: put a space between "
            "them, then export again.",
            "{n} records have a < right before a letter, which a portal may take for code: put a space between "
            "them, then export again.",
            count,
        ),
        "nobody_to_reach": ngettext(
            "{n} message was not sent: nobody it was for may get it any more.",
            "{n} messages were not sent: nobody they were for may get them any more.",
            count,
        ),
        "content_differs": ngettext(
            "{n} record left before with other words under the same number and was not sent again: change it "
            "once, then export again.",
            "{n} records left before with other words under the same number and were not sent again: change them "
            "once, then export again.",
            count,
        ),
    }[reason].format(n=count)


def delivery_state(state: str) -> str:
    """What became of a record that left."""
    return {
        "unknown": _("no answer yet"),
        "accepted": _("accepted"),
        "refused": _("refused"),
        "superseded": _("overtaken by a newer one"),
    }[state]


def not_kept(count: int) -> str:
    """What is said of lines beyond those that are kept to be sorted out."""
    return ngettext(
        "{n} more line could not be taken and is only counted: ask the portal for a right file.",
        "{n} more lines could not be taken and are only counted: ask the portal for a right file.",
        count,
    ).format(n=count)


def exported(records: int, name: str) -> str:
    """What an export wrote."""
    if not records:
        return _("Nothing changed since the last bundle. {name} says so.").format(name=name)
    return ngettext("{n} record is in {name}.", "{n} records are in {name}.", records).format(n=records, name=name)


def refusals() -> dict[str, str]:
    """A sentence for each rule an export or a sorted-out line is refused by."""
    return {
        "out_not_folder": _("Nothing was exported: {path} is not a folder. Name a folder."),
        "out_no_access": _(
            "Nothing was exported: {path} cannot be written to. Ask who looks after this machine for the right "
            "to write there."
        ),
        "out_full": _("Nothing was exported: there is no room left on {path}. Make room and export again."),
        "out_exists": _(
            "Nothing was exported: {path} is there already. It was left as it is; export again in a second."
        ),
        "export_busy": _("Nothing was exported: others kept changing what was to leave. Export again."),
        "intake_unknown": _("That line was sorted out already. Nothing was changed."),
    }


class Given(dict[str, str]):
    """An argument that is missing leaves a dash, so that a sentence is always shown."""

    def __init__(self, args: Mapping[str, str]) -> None:
        super().__init__(args)

    def __missing__(self, key: str) -> str:
        return "–"


def _file_problems() -> dict[str, str]:
    return {
        "file_half_written": _("the file is not whole yet. Wait until it is, then take it in again."),
        "file_not_there": _("there is no such file. Look at the name."),
        "file_no_access": _("the file cannot be read. Ask who looks after this machine for the right to read it."),
        "file_changing": _("the file was changed while it was read. Nothing was taken; wait, then try again."),
        "long_act_running": _("not taken: another file is being taken in, or taken back. Try again in a moment."),
        "left_here": _("this bundle left here: nothing of it is to be taken in. Take in the portal's answer to it."),
        "no_records": _("no line of it is a record of the portal: this is another file. Look at the name."),
        "too_many_lines": _("more than {limit} lines are in it: nothing of it was taken. Ask for smaller files."),
        "zip_damaged": _("this is no whole bundle: it is damaged or cut short. Ask for it again."),
        "zip_too_many_files": _("more than {limit} files are in it: it was not opened."),
        "zip_too_big": _("more than {limit} MB are in it: it was not opened."),
        "zip_bomb": _("a file in it unpacks to far more than it should: it was not opened."),
        "zip_bad_name": _("a file in it has a name that does not belong in a bundle: it was not opened."),
        "zip_link": _("a link is in it instead of a file: it was not opened."),
        "zip_locked": _("it is locked with a password: ask for it without one."),
        "zip_name_twice": _("two files in it have the same name: it was not opened."),
        "manifest_missing": _("the list of contents is missing: this is no bundle. Ask for it again."),
        "manifest_invalid": _("the list of contents does not follow the format at {where}. Ask for the bundle again."),
        "spec_unknown": _(
            "this bundle is of version {found}, and this program knows version 1. Update this workstation."
        ),
        "file_missing": _("the list of contents names this file, and it is not there. Ask for the bundle again."),
        "file_not_listed": _(
            "this file is not in the list of contents: somebody put it there. Ask for the bundle again."
        ),
        "file_changed": _(
            "this file was changed after the bundle was made. Nothing in the bundle can be trusted; ask for it again."
        ),
        "file_count": _("{said} lines are announced and {found} are there. Ask for the bundle again."),
        "schema_changed": _("this is not the published description of the format. Ask for the bundle again."),
    }


def record_problems() -> dict[str, str]:
    """A sentence for each rule by which a line of a file from outside is not taken; the places are for its arguments."""
    return {
        "key_twice": _("the same record in the same version stands here twice."),
        "day_not_of_start": _("the day, the time and the time zone do not belong together."),
        "may_not_leave": _("this record ({share}, {sensitivity}) may not leave by this profile."),
        "nobody_in_audience": _("this is about a child none of whose guardians may be told."),
        "not_utf8": _("this is no UTF-8 text (byte {at}). Ask for the file in UTF-8."),
        "not_json": _("this is no JSON object (column {at})."),
        "number_not_finite": _("a number in it is not finite."),
        "number_too_big": _("a number in it is too big to be kept exactly."),
        "key_twice_in_record": _("a field stands twice in it, so nobody can tell which is meant."),
        "too_deep": _("it is nested too deeply."),
        "line_too_long": _("the line is longer than {limit} bytes."),
        "has_surrogate": _("it holds something that is no character."),
        "has_control": _("a text in it ({where}) holds control characters, which could change what the screen shows."),
        "has_html": _("a text in it ({where}) holds HTML."),
        "too_long": _("a text in it ({where}) is too long."),
        "record_invalid": _("it does not follow the format at {where}."),
        "ends_before_start": _("it ends before it starts."),
        "zone_unknown": _("its time zone is not known."),
        "other_location": _("it belongs to another location."),
        "type_not_taken": _("records of this type ({type}) are not taken here."),
        "not_from_guardian": _("this message does not come from a guardian."),
        "unknown_child": _("no child here is known by that number. Import the roster, then take the file in again."),
        "unknown_code": _(
            "the profile does not know the reason code {code}. Add it to the location's own profile file, then "
            "take the file in again."
        ),
        "message_empty": _("the message has no words."),
        "same_key_other_content": _(
            "it came in before with other words under the same number. Ask the portal which of them holds."
        ),
        "newer_version": _("the portal changed a report that was taken in before. Look at both and change it by hand."),
        "asks_to_withdraw": _(
            "the portal takes back something that came in before. Look at it and withdraw it by hand."
        ),
        "receipt_unknown": _("this answers a record that never left here."),
        "receipt_other_content": _(
            "this answers other words than those that left. Export that record again and ask the portal."
        ),
    }


def policy_words(problem: PolicyProblem) -> str:
    """`absence.sick.nature: 'notce' is not one of notice, request.`"""
    details = dict(problem.details)
    if "expected" in details:
        details["expected"] = _value_kinds().get(details["expected"], details["expected"].replace(" to ", "–"))
    sentence = f"{problem.where}: {_profile_problems()[problem.rule].format_map(details)}"
    if "nearest" in details:
        return _("{sentence}; did you mean {nearest}?").format(sentence=sentence, nearest=details["nearest"])
    return f"{sentence}."


def _value_kinds() -> dict[str, str]:
    return {
        "a table": _("a table"), "a number": _("a number"), "a whole number": _("a whole number"),
        "a text": _("a text"), "true or false": _("true or false"), "a list of texts": _("a list of texts"),
    }  # fmt: skip


def _profile_problems() -> dict[str, str]:
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
        "nested": _("too many brackets one inside the other"),
        "unreadable": _("the file cannot be read ({found})"),
    }
