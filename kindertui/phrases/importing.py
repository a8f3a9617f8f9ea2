"""Why a roster file, or a line of it, was refused; what is worth a word; and what an import did.

The arguments are column names, counts and line numbers, never what stood in the file.
"""

from collections.abc import Mapping

from kindertui.domain.intake_roster import FileRefused, ImportChange, ImportReport, Remark
from kindertui.i18n import _, ngettext
from kindertui.phrases import listed


def file_refused(problem: FileRefused, path: str) -> str:
    """One sentence for a file that was refused whole."""
    sentence = _file_sentences()[problem.rule].format_map({"path": path, **problem.args_})
    return (
        sentence if problem.line is None else _("Line {line}: {sentence}").format(line=problem.line, sentence=sentence)
    )


def remark(one: Remark) -> str:
    """What is wrong with a line, or worth a word, without its number."""
    return _line_sentences()[one.rule].format_map(one.args)


def at_line(one: Remark) -> str:
    """`remark` with its number in front, where it has one."""
    return remark(one) if one.line is None else _("Line {line}: {sentence}").format(line=one.line, sentence=remark(one))


def summary(report: ImportReport) -> list[str]:
    """What was added, changed, left, dropped and left as it is, in a few sentences."""
    added = ", ".join(_counted(what, count) for what, count in report.added.items() if count) or _("nothing")
    lines = [
        _("Added: {added}. Changed: {changed}. Unchanged: {unchanged}.").format(
            added=added, changed=report.changed, unchanged=report.unchanged
        )
    ]
    if report.left:
        left = ngettext("{n} child who has left was skipped.", "{n} children who have left were skipped.", report.left)
        lines.append(left.format(n=report.left))
    if report.dropped_fields:
        fields = ", ".join(f"{name} {count}" for name, count in report.dropped_fields.items())
        lines.append(_("Never kept, and dropped: {fields}.").format(fields=fields))
    if report.kept_restrictions:
        stays = ngettext(
            "{n} restriction stays although the file does not have it: only a manager lifts it.",
            "{n} restrictions stay although the file does not have them: only a manager lifts them.",
            report.kept_restrictions,
        )
        lines.append(stays.format(n=report.kept_restrictions))
    if report.kept_consents:
        stays = ngettext(
            "{n} consent entered by hand stays as it is.", "{n} consents entered by hand stay as they are.",
            report.kept_consents,
        )  # fmt: skip
        lines.append(stays.format(n=report.kept_consents))
    return lines


def difference(change: ImportChange) -> str:
    """`+ child Aya Bakker`, `~ group Vlinders: name, kind`."""
    what = {"child": _("child"), "group": _("group"), "guardian": _("guardian"), "staff": _("staff")}[change.what]
    if change.added:
        return f"+ {what} {change.name}"
    return f"~ {what} {change.name}: {listed((field.replace('_', ' ') for field in change.fields), most=12)}"


def _counted(what: str, count: int) -> str:
    return {
        "children": ngettext("{n} child", "{n} children", count),
        "groups": ngettext("{n} group", "{n} groups", count),
        "guardians": ngettext("{n} guardian", "{n} guardians", count),
        "staff": ngettext("{n} member of staff", "{n} members of staff", count),
    }[what].format(n=count)


def _file_sentences() -> Mapping[str, str]:
    return {
        "file_missing": _("There is no file {path}: look at its name again. Nothing was changed."),
        "file_unreadable": _("{path} cannot be read: ask for the right to it. Nothing was changed."),
        "file_not_regular": _("{path} is not a file: give the roster file itself. Nothing was changed."),
        "file_empty": _("{path} is empty: fetch it again. Nothing was changed."),
        "file_too_large": _("{path} is larger than {limit} MB, more than a roster can be. Nothing was changed."),
        "file_changing": _("{path} is still being written: try again when it is whole. Nothing was changed."),
        "format_unknown": _("{path} is no roster file that is known here: docs/csv.md shows one. Nothing was changed."),
        "format_later": _("{path} is a {format} file, which cannot be taken in yet. Nothing was changed."),
        "format_mismatch": _("{path} is a {found} file, not {format}: leave --format out. Nothing was changed."),
        "version_unknown": _("{path} is a version of EDEXML other than {known}: ask for one. Nothing was changed."),
        "school_year": _("The school year in {path} must be two years in a row, as 2026-2027. Nothing was changed."),
        "no_children": _("There are no children in {path}: fetch it again. Nothing was changed."),
        "too_many_rows": _("{path} has more than {limit} rows: split it. Nothing was changed."),
        "text_encoding": _("{path} is not clean UTF-8 text: save it as UTF-8 and try again. Nothing was changed."),
        "csv_malformed": _("The quotation marks in {path} do not match: correct that line. Nothing was changed."),
        "columns_missing": _("{path} lacks these columns: {columns}. Add them; nothing was changed."),
        "columns_twice": _("{path} has these columns twice: {columns}. Keep one; nothing was changed."),
        "columns_unknown": _("{path} has columns nobody knows: {columns}. Rename or delete them; nothing was changed."),
        "xml_dtd": _("{path} declares a document type, which no roster needs: it is not read. Nothing was changed."),
        "xml_encoding": _("{path} is not in the encoding it says it is in: fetch it again. Nothing was changed."),
        "xml_malformed": _("{path} is broken XML: fetch it again. Nothing was changed."),
        "xml_root": _("{path} is XML, but no roster file that is known here. Nothing was changed."),
        "xlsx_malformed": _("{path} is a broken spreadsheet: save it again as xlsx. Nothing was changed."),
        "xlsx_too_large": _("{path} unpacks to more than {limit} MB: it is not read. Nothing was changed."),
    }


def _line_sentences() -> Mapping[str, str]:
    return {
        "name_missing": _("{column} is empty: every child, group and member of staff needs a name."),
        "text_too_long": _("{column} is longer than {limit} characters: shorten it."),
        "text_not_unicode": _("{column} holds something that is no character: type it again."),
        "birth_date_missing": _("{column} is empty: without a birth date two children cannot be told apart."),
        "birth_date_unlikely": _("{column} cannot be a child's: correct it."),
        "date_form": _("{column} is not a date: write it as 2026-11-23 or 23-11-2026."),
        "date_impossible": _("{column} is a day that does not exist: correct it."),
        "days_reversed": _("{column} comes before the first day: correct one of them."),
        "hours_form": _("{column} is not written as 08:00-17:30: correct it."),
        "hours_reversed": _("{column} ends before it begins: correct the hours."),
        "email_form": _("{column} is not an e-mail address: correct it."),
        "phone_form": _("{column} is not a phone number: correct it."),
        "yes_no_form": _("{column} must be yes or no."),
        "language_form": _("{column} is not a language code such as nl, nb or en."),
        "word_unknown": _("{column} is not one of {expected}."),
        "key_missing": _("The key is missing: without it nobody can be recognised next time."),
        "key_twice": _("The key stands in line {first} already: every key is one person or group."),
        "child_twice": _("The same child stands in line {first} already: take one of them out."),
        "group_unknown": _("The group is not in the file: correct the key it names."),
        "group_kind_differs": _("The group has another kind in line {first}: make them the same."),
        "guardian_twice": _("{column}: the same guardian stands there twice. Take one out."),
        "guardian_missing": _("{column} is empty, but there is more about this guardian: fill the name in."),
        "restriction_incomplete": _("{column} is empty: a restriction needs a kind, a reason, a day and an author."),
        "restriction_guardian_unknown": _("{column} is none of this child's guardians: write the name the same way."),
        "element_twice": _("{column} stands there twice: keep one."),
        "row_cells": _("There are {found} fields and {expected} columns: look for a separator too many."),
        "cell_formula": _("{column} is a formula: put the value itself there."),
        "cell_error": _("{column} shows an error of the spreadsheet: put the value itself there."),
        "consent_twice": _("{column} gives and refuses the same consent: keep one."),
        "child_uncertain": _("Which child this is cannot be told ({count} can be meant): correct name or birth date."),
        "child_unknown": _("This child is not known here: take the pupils' file in first."),
        "group_uncertain": _("There are {count} groups of this name here: rename one of them."),
        "staff_uncertain": _("There are {count} members of staff of this name here: rename one of them."),
        "key_unstable": _("{count} keys begin with # and may change: those are recognised by name and birth date."),
        "child_same_name": _("A child of the same name and birth date stands in line {first} under another key."),
        "child_without_group": _("This child has no group: it stands under no group until it gets one."),
        "column_not_read": _("The column {column} is not read."),
        "guardian_held_back": _("A guardian of this child is under a restriction: nothing about them was changed."),
        "guardian_stays_removed": _("A guardian who was taken away here stays away."),
        "child_had_left": _("A child who had left is back: the last day was taken out."),
    }  # fmt: skip
