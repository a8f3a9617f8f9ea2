"""`message`: who a message would reach and what the guard finds in it; queued for the portal."""

import argparse
import select
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from kindertui.cli import printing
from kindertui.cli.errors import DONE, REFUSED, Stop, print_note
from kindertui.cli.opening import OpenLocation, pick
from kindertui.cli.shapes import fields
from kindertui.cli.writing import act, actor, writing
from kindertui.data import messages as writer
from kindertui.data.queries import messages as queries
from kindertui.domain.faults import Refused
from kindertui.domain.guard import GuardFinding
from kindertui.domain.messages import AudienceKind, Recipient
from kindertui.files import NotRegular, open_regular
from kindertui.phrases import cli as phrases
from kindertui.phrases.messages import finding, held_back, reach
from kindertui.phrases.refused import refused

_WHO = "guardian child guardian_id child_id"
_PATIENCE = 1.0  # seconds until a pipe without a word in it counts as no text
_MOST_BYTES = 200_000  # well over what a message may hold, so that its own limit is what refuses it


def message(arguments: argparse.Namespace) -> int:
    with writing() as (opened, store):
        kind, whom = _audience(opened, arguments.to)
        text = _text(arguments)
        language = opened.policy.log_language or opened.location.language
        recipients = queries.audience_of(
            opened.db, kind, whom, opened.policy, opened.location.language, day=opened.today
        )
        found = queries.findings_of(opened.db, kind, whom, arguments.subject, text, opened.policy, language)
        answer = _answer(recipients, found)
        if arguments.check:
            _show(arguments, answer, recipients, found)
            return DONE
        try:
            new = writer.NewMessage(kind, whom, arguments.subject, text)
            sent = act(
                store, actor(opened, arguments.by), writer.queue, new, policy=opened.policy, again=arguments.again
            )
        except Refused as error:
            return _refused(arguments, error, answer, found)
        _show(arguments, {"message": sent.id, "state": sent.state, **answer}, recipients, found)
        if not arguments.json:
            printing.line(phrases.note("queued"))
    return DONE


def _audience(opened: OpenLocation, typed: str) -> tuple[AudienceKind, str]:
    """`location`, or the group or child that was named; raises Stop for none or several."""
    if typed.casefold() == "location":
        return "location", opened.location.id
    every: list[tuple[AudienceKind, str, str]] = [("group", group.id, group.name) for group in opened.groups]
    every += [("child", child.id, child.full_name) for child in opened.children]
    found = pick(typed, every, lambda one: (one[1], one[2]))
    if len(found) != 1:
        raise Stop(phrases.which("audience", typed, [name for _kind, _id, name in found]))
    return found[0][0], found[0][1]


def _text(arguments: argparse.Namespace) -> str:
    if arguments.text_file is None and arguments.check and not _text_is_coming():
        print_note(phrases.note("no_text_to_check"))  # who would get it can be asked before there is a text
        return ""
    if arguments.text_file in (None, "-"):
        if sys.stdin.isatty():
            print_note(phrases.note("text_from_stdin"))
        try:
            return sys.stdin.read(_MOST_BYTES)
        except UnicodeDecodeError:
            raise Stop(phrases.note("stdin_not_text")) from None
    try:
        with TextIOWrapper(open_regular(Path(arguments.text_file)), encoding="utf-8-sig") as file:
            return file.read(_MOST_BYTES)
    except UnicodeDecodeError:
        raise Stop(phrases.note("file_not_text", path=arguments.text_file)) from None
    except NotRegular:
        raise Stop(phrases.note("file_not_regular", path=arguments.text_file)) from None
    except OSError as error:
        raise Stop(phrases.note("file_unreadable", path=arguments.text_file, reason=error.strerror or "")) from None


def _text_is_coming() -> bool:
    """Is a text coming on stdin? A pipe that nobody writes to must not hold up a question about the audience."""
    if sys.stdin.isatty():
        return False
    try:
        return bool(select.select([sys.stdin.fileno()], [], [], _PATIENCE)[0])
    except (OSError, ValueError):  # not a descriptor at all: reading it cannot block
        return True


def _answer(recipients: tuple[Recipient, ...], found: tuple[GuardFinding, ...]) -> dict[str, Any]:
    return {
        "audience": [fields(one, f"{_WHO} language") for one in recipients if not one.held_back],
        "held_back": [fields(one, _WHO) | {"reason": one.held_back} for one in recipients if one.held_back],
        "guard": [fields(one, "category rule words instead") for one in found],
    }


def _show(
    arguments: argparse.Namespace,
    answer: dict[str, Any],
    recipients: tuple[Recipient, ...],
    found: tuple[GuardFinding, ...],
) -> None:
    if arguments.json:
        printing.document(answer)
        return
    printing.line(reach(recipients))
    for one in recipients:
        mark = "✗" if one.held_back else "✓"
        why = held_back(one.held_back) if one.held_back else one.language
        printing.line(f"{mark} {one.guardian} ({one.child}): {why}")
    for matter in found:
        printing.line(f"! {finding(matter)}")


def _refused(
    arguments: argparse.Namespace, error: Refused, answer: dict[str, Any], found: tuple[GuardFinding, ...]
) -> int:
    if arguments.json:
        text = refused(error)
        printing.document({"refused": [{"child": None, "rule": error.rule, "text": text, "at": None}], **answer})
    print_note(*(finding(matter) for matter in found), refused(error))
    return REFUSED
