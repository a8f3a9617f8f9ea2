"""`export`, `bundle check`, `bundle receive`, `intake`: out and in, by the open bundle."""

import argparse
from pathlib import Path
from typing import Any

from kindertui.cli import printing
from kindertui.cli.errors import DONE, REFUSED, print_note
from kindertui.cli.opening import check_period
from kindertui.cli.shapes import fields
from kindertui.cli.writing import actor, writing
from kindertui.domain.faults import Refused
from kindertui.phrases import cli as phrases
from kindertui.phrases import portal as words
from kindertui.phrases.refused import quarantine_words, refused
from kindertui.portal import bundle, profile
from kindertui.portal.bundle import BundleProblem, BundleRefused
from kindertui.portal.intake import intake as take_in


def export(arguments: argparse.Namespace) -> None:
    check_period(arguments.first, arguments.last)
    with writing() as (opened, store):
        # another profile has the location's own file over it too
        policy = profile.load(arguments.profile, opened.places.overrides) if arguments.profile else opened.policy
        who = actor(opened, arguments.by)
        with printing.progress_bar(phrases.note("exporting")) as progress:
            period = {"first": arguments.first, "last": arguments.last}
            out = Path(arguments.out)
            report = bundle.export(store, who, policy, out, **period, whole=arguments.all, progress=progress)
    if arguments.json:
        printing.document(fields(report, "name path seq records pages counts held_back"))
    else:
        printing.line(words.exported(report.records, str(report.path)))
        for reason, count in report.held_back.items():
            printing.line(words.held_back(reason, count))


def check(arguments: argparse.Namespace) -> int:
    """Needs no location: a receiver has none."""
    with printing.progress_bar(phrases.note("checking")) as progress:
        report = bundle.check(Path(arguments.file), progress=progress)
    if arguments.json:
        problems = [_problem(one) for one in report.problems]
        printing.document(fields(report, "ok counts") | {"problems": problems, "more": report.more})
    if not report.ok:
        print_note(*(_sentence(one) for one in report.problems))
        if report.more:
            print_note(phrases.counted_note("more_problems", report.more))
        return REFUSED
    if not arguments.json:
        printing.line(phrases.counted_note("bundle_right", sum(report.counts.values()), path=arguments.file))
    return DONE


def receive(arguments: argparse.Namespace) -> int:
    """Needs no location: a receiver has none."""
    try:
        path = bundle.receive(Path(arguments.file), Path(arguments.out))
    except (BundleRefused, Refused) as error:
        problems = error.problems if isinstance(error, BundleRefused) else ()
        sentences = [_sentence(one) for one in problems] if problems else [refused(error)]  # type: ignore[arg-type]
        if arguments.json:
            printing.document({"refused": [_problem(one) for one in problems] or [{"text": sentences[0]}]})
        print_note(*sentences)
        return REFUSED
    if arguments.json:
        printing.document({"receipts": str(path)})
    else:
        printing.line(phrases.note("answered", path=arguments.file, receipts=str(path)))
    return DONE


def intake(arguments: argparse.Namespace) -> int:
    """A file refused whole makes it exit 1; lines that were set aside do not: they wait here with their reason."""
    with writing() as (opened, store):
        files = [Path(name) for name in arguments.files]
        with printing.progress_bar(phrases.note("reading_files")) as progress:
            report = take_in(store, actor(opened, arguments.by), opened.policy, files, progress=progress)
    counts = fields(report, "absences messages receipts unchanged not_kept")
    if arguments.json:
        aside = [
            fields(one, "file line rule") | {"text": quarantine_words(one.rule, one.args)} for one in report.quarantined
        ]
        printing.document(counts | {"quarantined": aside, "refused": [_problem(one) for one in report.refused]})
    else:
        receipts = sum(report.receipts.values())
        new, messages = report.absences, report.messages
        told = phrases.note("taken_in", absences=new, messages=messages, receipts=receipts, unchanged=report.unchanged)
        printing.line(told)
        for state, count in report.receipts.items():
            printing.line(f"{words.delivery_state(state)}: {count}")
        for one in report.quarantined[: printing.SHOWN]:
            printing.line(f"{one.file}: {one.line}: {quarantine_words(one.rule, one.args)}")
        if more := len(report.quarantined[printing.SHOWN :]):
            printing.line(phrases.counted_note("more_lines", more))
        if report.quarantined:
            printing.line(phrases.counted_note("set_aside", len(report.quarantined)))
        if report.not_kept:
            printing.line(words.not_kept(report.not_kept))
    print_note(*(_sentence(one) for one in report.refused))
    return REFUSED if report.refused else DONE


def _sentence(one: BundleProblem) -> str:
    return words.problem_words(one.file, one.line, one.rule, one.args)


def _problem(one: BundleProblem) -> dict[str, Any]:
    return {**fields(one, "file line rule"), "text": _sentence(one)}
