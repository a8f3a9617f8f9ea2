"""`export`, `bundle check`, `bundle receive`, `intake`: out and in, by the open bundle."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kindertui.cli import printing
from kindertui.cli.errors import DONE, REFUSED, tell
from kindertui.cli.opening import House, actor, period, writing
from kindertui.cli.progress import bar
from kindertui.domain.faults import Refused
from kindertui.domain.incoming import Aside
from kindertui.domain.policy import Policy
from kindertui.phrases import cli as phrases
from kindertui.phrases import portal as words
from kindertui.phrases.refused import quarantine_words
from kindertui.portal.bundle.format import BundleProblem, BundleRefused


def export(arguments: argparse.Namespace) -> int:
    from kindertui.portal.bundle import export as write_bundle

    period(arguments.first, arguments.last)
    with writing() as (house, store):
        policy = _policy(house, arguments.profile)
        who = actor(house, arguments.by)
        with bar(phrases.exporting()) as progress:
            report = write_bundle(
                store,
                who,
                policy,
                Path(arguments.out),
                first=arguments.first,
                last=arguments.last,
                whole=arguments.all,
                progress=progress,
            )
        if arguments.json:
            answer = {
                "name": report.name,
                "path": str(report.path),
                "seq": report.seq,
                "records": report.records,
                "pages": report.pages,
                "counts": dict(report.counts),
                "held_back": dict(report.held_back),
            }
            printing.document(answer)
            return DONE
        printing.line(words.exported(report.records, str(report.path)))
        for reason, count in report.held_back.items():
            printing.line(words.held_back(reason, count))
    return DONE


def _policy(house: House, profile_id: str | None) -> Policy:
    """The location's rules, or those of another profile with the location's own file over them."""
    if profile_id is None:
        return house.policy
    from kindertui.portal import profile

    return profile.load(profile_id, house.places.overrides)


def check(arguments: argparse.Namespace) -> int:
    """Needs no location: a receiver has none."""
    from kindertui.portal.bundle import check as check_bundle

    with bar(phrases.checking()) as progress:
        report = check_bundle(Path(arguments.file), progress=progress)
    if arguments.json:
        printing.document(
            {
                "ok": report.ok,
                "counts": dict(report.counts),
                "problems": [_problem(one) for one in report.problems],
                "more": report.more,
            }
        )
    if not report.ok:
        tell(*(_sentence(one) for one in report.problems))
        if report.more:
            tell(phrases.more_problems(report.more))
        return REFUSED
    if not arguments.json:
        printing.line(phrases.bundle_right(arguments.file, sum(report.counts.values())))
    return DONE


def receive(arguments: argparse.Namespace) -> int:
    """Needs no location: a receiver has none."""
    from kindertui.phrases.refused import refused
    from kindertui.portal.bundle import receive as answer_bundle

    try:
        path = answer_bundle(Path(arguments.file), Path(arguments.out))
    except (BundleRefused, Refused) as error:
        problems = error.problems if isinstance(error, BundleRefused) else ()
        sentences = [_sentence(one) for one in problems] if problems else [refused(error)]  # type: ignore[arg-type]
        if arguments.json:
            printing.document({"refused": [_problem(one) for one in problems] or [{"text": sentences[0]}]})
        tell(*sentences)
        return REFUSED
    if arguments.json:
        printing.document({"receipts": str(path)})
    else:
        printing.line(phrases.answered(arguments.file, str(path)))
    return DONE


def intake(arguments: argparse.Namespace) -> int:
    """A file refused whole makes it exit 1; lines kept apart do not: they wait here with their reason."""
    from kindertui.portal.intake import intake as take_in

    with writing() as (house, store):
        files = [Path(name) for name in arguments.files]
        with bar(phrases.reading_files()) as progress:
            report = take_in(store, actor(house, arguments.by), house.policy, files, progress=progress)
    if arguments.json:
        printing.document(
            {
                "absences": report.absences,
                "messages": report.messages,
                "receipts": dict(report.receipts),
                "unchanged": report.unchanged,
                "quarantined": [_aside(one) for one in report.quarantined],
                "refused": [_problem(one) for one in report.refused],
            }
        )
    else:
        printing.line(
            phrases.taken_in(report.absences, report.messages, sum(report.receipts.values()), report.unchanged)
        )
        for state, count in report.receipts.items():
            printing.line(f"{words.delivery_state(state)}: {count}")
        for aside in report.quarantined:
            printing.line(f"{aside.file}: {aside.line}: {quarantine_words(aside.rule, aside.args)}")
        if report.quarantined:
            printing.line(phrases.set_aside(len(report.quarantined)))
    return _refused(report.refused)


def _refused(problems: Sequence[BundleProblem]) -> int:
    tell(*(_sentence(one) for one in problems))
    return REFUSED if problems else DONE


def _sentence(one: BundleProblem) -> str:
    return words.problem_words(one.file, one.line, one.rule, one.args)


def _problem(one: BundleProblem) -> dict[str, Any]:
    return {"file": one.file, "line": one.line, "rule": one.rule, "text": _sentence(one)}


def _aside(one: Aside) -> dict[str, Any]:
    return {"file": one.file, "line": one.line, "rule": one.rule, "text": quarantine_words(one.rule, one.args)}
