"""The arguments of every verb. Only argparse is imported here; `run` names the module and function that do the work."""

import argparse
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NoReturn

from kindertui import __version__
from kindertui.cli.errors import WrongUse
from kindertui.i18n import LANGUAGES, N_, _

STATES = ("new", "acknowledged", "approved", "refused", "withdrawn")
FORMATS = ("edexml", "pifu-ims", "oneroster", "social-schools-xlsx", "csv", "babybuddy")


# argparse's own words; it would ask for them in gettext's default domain, which knows nothing of the language in force
_OF_ARGPARSE = (
    N_("usage: "), N_("positional arguments"), N_("options"), N_("show this help message and exit"),
    N_("the following arguments are required: %s"),
    N_("argument %(argument_name)s: %(message)s"), N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("unrecognized arguments: %s"), N_("expected one argument"), N_("expected at least one argument"),
    N_("one of the arguments %s is required"), N_("not allowed with argument %s"),
    N_("invalid %(type)s value: %(value)r"), N_("ignored explicit argument %r"),
)  # fmt: skip
argparse._ = _  # type: ignore[attr-defined]


class Parser(argparse.ArgumentParser):
    """argparse with its errors raised as WrongUse, so that they end as one clean line on stderr."""

    def _get_formatter(self) -> argparse.HelpFormatter:
        return argparse.HelpFormatter(self.prog, width=_columns())

    def error(self, message: str) -> NoReturn:
        raise WrongUse(message, self.prog)


def _columns() -> int:
    # left to itself argparse imports shutil to find this out, for every argument it is given
    try:
        return max(40, os.get_terminal_size(1).columns - 2)
    except OSError:
        return 100


def parser(argv: Sequence[str] = ()) -> Parser:
    """The command line as far as `argv` needs it: one verb's arguments, or all of them for help and for mistakes.

    Parsing raises WrongUse for arguments that make no sense.
    """
    result = Parser(
        prog="kindertui",
        description=_("The group's day at the keyboard. Without a verb: the screens."),
        epilog=_(
            "Exit codes: 0 done, 1 refused and nothing changed, 2 wrong use, 3 the database cannot be used."
            " KINDERTUI_HOME=DIR keeps everything under DIR."
        ),
        allow_abbrev=False,
    )
    result.add_argument(
        "--version",
        action="version",
        version=f"kindertui {__version__}",
        help=_("show program's version number and exit"),
    )
    result.set_defaults(run="tui:tui")
    verbs = _Verbs(result, "kindertui")
    # building all twenty costs a tenth of what `today` may take
    for name in argv[:1] if argv and argv[0] in VERBS else VERBS:
        VERBS[name](verbs)
    return result


class _Verbs:
    def __init__(self, above: Parser, prog: str, *, required: bool = False) -> None:
        # `prog` is given so that argparse need not format a usage line to find it
        self._actions = above.add_subparsers(metavar=_("VERB"), prog=prog, required=required, parser_class=Parser)

    def add(self, name: str, run: str, help: str, *, json: bool = False, by: bool = False) -> Parser:
        made: Parser = self._actions.add_parser(name, help=help, description=help, allow_abbrev=False)
        made.set_defaults(run=run)
        if by:
            made.add_argument("--by", metavar=_("NAME"), help=_("who does it: a name of the staff"))
        if json:
            made.add_argument("--json", action="store_true", help=_("one JSON document on stdout"))
        return made


def _demo(verbs: _Verbs) -> None:
    demo = verbs.add("demo", "demo:demo", _("the screens on a sample location of its own"))
    demo.add_argument("--fresh", action="store_true", help=_("make the sample anew"))


def _where(verbs: _Verbs) -> None:
    verbs.add("where", "places:where", _("prints where everything is kept"), json=True)


def _init(verbs: _Verbs) -> None:
    init = verbs.add("init", "places:init", _("makes a new location"))
    init.add_argument("--location", required=True, metavar=_("NAME"), help=_("the location's name"))
    init.add_argument("--profile", required=True, help=_("the portal: bitcare, mik-konnect, vigilo …, or open"))
    init.add_argument("--language", choices=LANGUAGES, help=_("the language of the screens"))
    init.add_argument("--timezone", metavar="TZ", help=_("such as Europe/Amsterdam"))


def _import(verbs: _Verbs) -> None:
    load = verbs.add("import", "importing:load", _("takes a roster in: EDEXML, xlsx, CSV"), json=True, by=True)
    load.add_argument("files", nargs="+", metavar=_("FILE"))
    load.add_argument("--format", choices=FORMATS, help=_("recognised by content when not given"))
    load.add_argument("--dry-run", action="store_true", help=_("show the differences, change nothing"))


def _groups(verbs: _Verbs) -> None:
    verbs.add("groups", "lists:groups", _("lists the groups"), json=True)


def _children(verbs: _Verbs) -> None:
    verbs.add("children", "lists:children", _("lists the children"), json=True)


def _staff(verbs: _Verbs) -> None:
    verbs.add("staff", "lists:staff", _("lists the staff"), json=True)


def _log(verbs: _Verbs) -> None:
    log = verbs.add("log", "log:log", _("writes lines of the entry language into the log"), json=True, by=True)
    log.add_argument("lines", nargs="+", metavar=_("LINE"), help=_("an entry line; - reads lines from stdin"))
    _group_and_day(log)
    log.add_argument(
        "--value",
        action="append",
        default=[],
        metavar=_("NAME=VALUE"),
        help=_("one child's own value for the = of a line"),
    )
    log.add_argument("--yes", action="store_true", help=_("save in spite of warnings"))
    log.add_argument("--dry-run", action="store_true", help=_("check and show, save nothing"))


def _texts(verbs: _Verbs) -> None:
    texts = verbs.add(
        "texts", "short_words:texts", _("lists the short words of the staff, sets or removes one"), json=True
    )
    kinds = _Verbs(texts, "kindertui texts")
    put = kinds.add("set", "short_words:put", _("lets a short word stand for a text"), json=True, by=True)
    put.add_argument("word", metavar=_("WORD"))
    put.add_argument("text", metavar=_("TEXT"))
    remove = kinds.add("remove", "short_words:remove", _("takes a short word away"), json=True, by=True)
    remove.add_argument("word", metavar=_("WORD"))


def _undo(verbs: _Verbs) -> None:
    verbs.add("undo", "log:undo", _("takes back the last act"), by=True)


def _today(verbs: _Verbs) -> None:
    today = verbs.add("today", "today:today", _("shows the day: who is in, what was logged and what is due"), json=True)
    _group_and_day(today)
    today.add_argument("--plain", action="store_true", help=_("whole sentences, to be read aloud"))


def _sheet(verbs: _Verbs) -> None:
    sheet = verbs.add("sheet", "sheet:sheet", _("a sheet for paper: evacuation list, hand-over, a child's week"))
    sheet.add_argument("what", choices=("evacuation", "hand-over", "week"))
    sheet.add_argument("child", nargs="?", metavar=_("CHILD"), help=_("a child's name or id"))
    _group_and_day(sheet)
    sheet.add_argument("--html", action="store_true", help=_("a page to print instead of plain text"))


def _history(verbs: _Verbs) -> None:
    history = verbs.add("history", "lists:history", _("what happened to a child, or to one record"), json=True)
    history.add_argument("whom", metavar=_("CHILD|RECORD"), help=_("a child's name or id, or a record's id"))


def _mind(verbs: _Verbs) -> None:
    mind = verbs.add("mind", "care_notes:mind", _("all that must be minded about a child"), json=True)
    mind.add_argument("child", metavar=_("CHILD"), help=_("a child's name or id"))


def _absences(verbs: _Verbs) -> None:
    absences = verbs.add("absences", "absences:absences", _("what was reported and asked"), json=True)
    _period(absences)
    absences.add_argument("--state", choices=STATES, help=_("only those in this state"))


def _decide(verbs: _Verbs) -> None:
    decide = verbs.add("decide", "absences:decide", _("decides about a report or a request"), by=True)
    decide.add_argument("id", metavar="ID", help=_("the absence's id, or the end of it"))
    decide.add_argument("decision", choices=("approve", "refuse", "acknowledge"))
    decide.add_argument("--reason", metavar=_("TEXT"), default="", help=_("why; needed to refuse"))


def _message(verbs: _Verbs) -> None:
    message = verbs.add("message", "messages:message", _("queues a message for the portal"), json=True, by=True)
    message.add_argument("--to", required=True, metavar=_("CHILD|GROUP|location"))
    message.add_argument("--subject", metavar="S", default="")
    message.add_argument("--text-file", metavar="F", help=_("where the text is; without it, or with -, stdin"))
    message.add_argument("--check", action="store_true", help=_("show who would get it; queue nothing"))


def _export(verbs: _Verbs) -> None:
    export = verbs.add("export", "exchange:export", _("writes a bundle of what changed"), json=True, by=True)
    export.add_argument("--out", required=True, metavar=_("DIR"))
    export.add_argument("--profile", help=_("another profile than the location's"))
    _period(export)
    export.add_argument("--all", action="store_true", help=_("everything in the period, whatever left before"))


def _bundle(verbs: _Verbs) -> None:
    bundle = verbs.add("bundle", "", _("looks at a bundle as its receiver would"))
    kinds = _Verbs(bundle, "kindertui bundle", required=True)
    check = kinds.add("check", "exchange:check", _("validates a bundle"), json=True)
    check.add_argument("file", metavar=_("FILE"))
    receive = kinds.add("receive", "exchange:receive", _("answers a bundle with receipts"), json=True)
    receive.add_argument("file", metavar=_("FILE"))
    receive.add_argument("--out", required=True, metavar=_("DIR"))


def _intake(verbs: _Verbs) -> None:
    intake = verbs.add("intake", "exchange:intake", _("takes in absences, messages and receipts"), json=True, by=True)
    intake.add_argument("files", nargs="+", metavar=_("FILE"))


VERBS: Mapping[str, Callable[[_Verbs], None]] = {
    "demo": _demo, "where": _where, "init": _init, "import": _import, "groups": _groups, "children": _children,
    "staff": _staff, "log": _log, "texts": _texts, "undo": _undo, "today": _today, "sheet": _sheet, "history": _history,
    "mind": _mind, "absences": _absences, "decide": _decide, "message": _message, "export": _export,
    "bundle": _bundle, "intake": _intake,
}  # fmt: skip


def _group_and_day(verb: Parser) -> None:
    verb.add_argument("--group", metavar="G", help=_("only this group"))
    verb.add_argument("--day", type=_date, metavar=_("DATE"), help=_("another day than today, as 2026-11-23"))


def _period(verb: Parser) -> None:
    verb.add_argument("--from", dest="first", type=_date, metavar=_("DATE"), help=_("the first day, as 2026-11-23"))
    verb.add_argument("--to", dest="last", type=_date, metavar=_("DATE"), help=_("the last day"))


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("{text} is not a date; write it as 2026-11-23").format(text=text)) from None
