"""`import`: roster files in, all of them as one act or nothing."""

import argparse
import gc
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from kindertui.cli import printing
from kindertui.cli.errors import DONE, REFUSED, print_note
from kindertui.cli.writing import actor, writing
from kindertui.data.roster import take_in
from kindertui.domain.intake_roster import FileRefused, Format, ImportReport, Remark, RosterFile
from kindertui.phrases import importing as phrases
from kindertui.phrases.cli import counted_note, note
from kindertui.portal.readers import read


def load(arguments: argparse.Namespace) -> int:
    with _uncollected(), writing() as (opened, store):
        paths = [Path(name) for name in arguments.files]
        try:
            with printing.progress_bar(note("reading_files")) as progress:
                files = _read(paths, arguments.format, opened.today, progress)
        except _Unreadable as error:
            return _refuse_file(arguments, error)
        who = actor(opened, arguments.by, quiet=arguments.dry_run)
        with printing.progress_bar(note("taking_in")) as progress:
            reports = take_in(store, who, files, dry_run=arguments.dry_run, progress=progress)
    if reports[-1].refused:
        return _refuse_lines(arguments, reports)
    _show(arguments, reports)
    return DONE


@contextmanager
def _uncollected() -> Iterator[None]:
    """What is read and planned stays until the end: looking through it again and again made it take a third longer."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class _Unreadable(Exception):
    def __init__(self, path: Path, cause: FileRefused) -> None:
        super().__init__(cause.rule)
        self.path = path
        self.cause = cause


def _read(paths: Sequence[Path], format: Format | None, today: date, progress: Any) -> list[RosterFile]:
    files = []
    for done, path in enumerate(paths):
        if progress:
            progress(done, len(paths) + 1)
        try:
            files.append(read(path, format, today=today))
        except FileRefused as error:
            raise _Unreadable(path, error) from None
    return files


def _refuse_file(arguments: argparse.Namespace, error: _Unreadable) -> int:
    text = phrases.file_refused(error.cause, str(error.path))
    if arguments.json:
        line = {"file": str(error.path), "line": error.cause.line, "text": text}
        printing.document({**_numbers(()), "format": arguments.format, "refused": [line]})
    print_note(text)
    return REFUSED


def _refuse_lines(arguments: argparse.Namespace, reports: Sequence[ImportReport]) -> int:
    """Nothing of any file was applied, so nothing was added, whatever a file before the refused one would have."""
    refused = reports[-1]
    if arguments.json:
        printing.document({**_numbers((refused,)), "format": refused.format})
    name = arguments.files[len(reports) - 1]
    of_file = counted_note("of_file", refused.refused_count, path=name)
    print_note(*_first(refused.refused, refused.refused_count), of_file)
    return REFUSED


def _show(arguments: argparse.Namespace, reports: Sequence[ImportReport]) -> None:
    if arguments.json:
        answer = {"format": ", ".join(dict.fromkeys(report.format for report in reports)), **_numbers(reports)}
        if len(reports) > 1:
            answer["files"] = [
                {"file": name, "format": report.format, **_numbers((report,))}
                for name, report in zip(arguments.files, reports, strict=True)
            ]
        printing.document(answer)
        return
    for name, report in zip(arguments.files, reports, strict=True):
        printing.line(f"{name} ({report.format})")
        for change in report.changes if arguments.dry_run else ():
            printing.line(f"  {phrases.difference(change)}")
        for sentence in phrases.summary(report):
            printing.line(sentence)
        for warning in _first(report.warnings, report.warnings_count):
            printing.line(f"! {warning}")
    if arguments.dry_run:
        printing.line(note("would_change"))


def _first(remarks: Sequence[Remark], count: int) -> list[str]:
    """The first of the remarks as sentences, and how many more there are."""
    sentences = [phrases.at_line(one) for one in remarks[: printing.SHOWN]]
    more = count - len(sentences)
    return [*sentences, counted_note("more_lines", more)] if more else sentences


def _numbers(reports: Sequence[ImportReport]) -> dict[str, Any]:
    """The contract's keys but for `format`, summed over the files."""
    added: Counter[str] = Counter(children=0, groups=0, guardians=0, staff=0)
    dropped: Counter[str] = Counter()
    for report in reports:
        added.update(report.added)
        dropped.update(report.dropped_fields)
    return {
        "added": dict(added),
        "changed": sum(report.changed for report in reports),
        "unchanged": sum(report.unchanged for report in reports),
        "left": sum(report.left for report in reports),
        "refused": [_line(one) for report in reports for one in report.refused],
        "refused_count": sum(report.refused_count for report in reports),
        "dropped_fields": dict(dropped),
        "kept_restrictions": sum(report.kept_restrictions for report in reports),
        "kept_consents": sum(report.kept_consents for report in reports),
        "warnings": [_line(one) for report in reports for one in report.warnings],
        "warnings_count": sum(report.warnings_count for report in reports),
    }


def _line(one: Remark) -> dict[str, Any]:
    return {"line": one.line, "rule": one.rule, "text": phrases.remark(one)}
