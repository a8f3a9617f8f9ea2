"""The arguments of every verb. Only argparse is imported here; `run` names the module and function that do the work."""

import argparse
import os
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, NoReturn

from kindertui import __version__
from kindertui.cli.errors import WrongUse
from kindertui.i18n import LANGUAGES, N_, _

STATES = ("new", "acknowledged", "approved", "refused", "withdrawn")
WAYS = ("keyring", "file")
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
    # building all twenty costs a tenth of what `today` may take
    wanted = {argv[0]: VERBS[argv[0]]} if argv and argv[0] in VERBS else VERBS
    _add(wanted, result, "kindertui")
    return result


def _add(verbs: "Mapping[str, _Verb]", above: Parser, prog: str, *, required: bool = False) -> None:
    # `prog` is given so that argparse need not format a usage line to find it
    actions = above.add_subparsers(metavar=_("VERB"), prog=prog, required=required, parser_class=Parser)
    for name, verb in verbs.items():
        made: Parser = actions.add_parser(name, help=_(verb.help), description=_(verb.help), allow_abbrev=False)
        made.set_defaults(run=verb.run)
        for names, options in verb.arguments:
            words: dict[str, Any] = {key: _(options[key]) for key in ("help", "metavar") if key in options}
            made.add_argument(*names, **options | words)
        if verb.verbs:
            _add(verb.verbs, made, f"{prog} {name}", required=not verb.run)


_Argument = tuple[tuple[str, ...], dict[str, Any]]


class _Verb(NamedTuple):
    """The module and function that do it, its help, its arguments, and the verbs behind it (needed without `run`)."""

    run: str
    help: str
    arguments: tuple[_Argument, ...] = ()
    verbs: "Mapping[str, _Verb] | None" = None


def _argument(*names: str, **options: Any) -> _Argument:
    """As `add_argument` takes it; `help` and `metavar` are translated when it is added."""
    return names, options


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("{text} is not a date; write it as 2026-11-23").format(text=text)) from None


_BY = _argument("--by", metavar=N_("NAME"), help=N_("who does it: a name of the staff"))
_JSON = _argument("--json", action="store_true", help=N_("one JSON document on stdout"))
_GROUP = _argument("--group", metavar="G", help=N_("only this group"))
_DAY = _argument("--day", type=_date, metavar=N_("DATE"), help=N_("another day than today, as 2026-11-23"))
_FROM = _argument("--from", dest="first", type=_date, metavar=N_("DATE"), help=N_("the first day, as 2026-11-23"))
_TO = _argument("--to", dest="last", type=_date, metavar=N_("DATE"), help=N_("the last day"))
_FILE = _argument("file", metavar=N_("FILE"))
_FILES = _argument("files", nargs="+", metavar=N_("FILE"))
_OUT = _argument("--out", required=True, metavar=N_("DIR"))
_KEY_IN = _argument(
    "--key-in", choices=WAYS, help=N_("what opens it on this computer; else the keyring where one answers")
)
_WORD = _argument("word", metavar=N_("WORD"))

VERBS: Mapping[str, _Verb] = {
    "demo": _Verb("demo:demo", N_("the screens on a sample location of its own"), (
        _argument("--fresh", action="store_true", help=N_("make the sample anew")),
    )),
    "where": _Verb("places:where", N_("prints where everything is kept"), (_JSON,)),
    "init": _Verb("places:init", N_("makes a new location"), (
        _argument("--location", required=True, metavar=N_("NAME"), help=N_("the location's name")),
        _argument("--profile", required=True, help=N_("the portal: bitcare, mik-konnect, vigilo …, or open")),
        _argument("--language", choices=LANGUAGES, help=N_("the language of the screens")),
        _argument("--timezone", metavar="TZ", help=N_("such as Europe/Amsterdam")),
        _KEY_IN,
    )),
    "key": _Verb("", N_("what opens the location: recover it, change it, renew the recovery key"), verbs={
        "recover": _Verb("key:recover", N_("opens the location by its recovery key, typed or on stdin"), (_KEY_IN,)),
        "move": _Verb("key:move", N_("has the keyring or the key file open it on this computer"), (
            _argument("way", choices=WAYS),
        )),
        "renew": _Verb("key:renew", N_("makes a new recovery key and shows it")),
    }),
    "import": _Verb("importing:load", N_("takes a roster in: EDEXML, xlsx, CSV"), (
        _BY, _JSON, _FILES,
        _argument("--format", choices=FORMATS, help=N_("recognised by content when not given")),
        _argument("--dry-run", action="store_true", help=N_("show the differences, change nothing")),
    )),
    "groups": _Verb("lists:groups", N_("lists the groups"), (_JSON,)),
    "children": _Verb("lists:children", N_("lists the children"), (_JSON,)),
    "staff": _Verb("lists:staff", N_("lists the staff"), (_JSON,)),
    "log": _Verb("log:log", N_("writes lines of the entry language into the log"), (
        _BY, _JSON,
        _argument("lines", nargs="+", metavar=N_("LINE"), help=N_("an entry line; - reads lines from stdin")),
        _GROUP, _DAY,
        _argument("--value", action="append", default=[], metavar=N_("NAME=VALUE"),
                  help=N_("one child's own value for the = of a line")),
        _argument("--yes", action="store_true", help=N_("save in spite of warnings")),
        _argument("--dry-run", action="store_true", help=N_("check and show, save nothing")),
    )),
    "texts": _Verb("short_words:texts", N_("lists the short words of the staff, sets or removes one"), (_JSON,), {
        "set": _Verb("short_words:put", N_("lets a short word stand for a text"), (
            _BY, _JSON, _WORD, _argument("text", metavar=N_("TEXT")),
        )),
        "remove": _Verb("short_words:remove", N_("takes a short word away"), (_BY, _JSON, _WORD)),
    }),
    "undo": _Verb("log:undo", N_("takes back the last act"), (_BY,)),
    "today": _Verb("today:today", N_("shows the day: who is in, what was logged and what is due"), (
        _JSON, _GROUP, _DAY, _argument("--plain", action="store_true", help=N_("whole sentences, to be read aloud")),
    )),
    "sheet": _Verb("sheet:sheet", N_("a sheet for paper: evacuation list, hand-over, a child's week, an incident"), (
        _argument("what", choices=("evacuation", "hand-over", "week", "incident")),
        _argument("child", nargs="?", metavar=N_("CHILD"), help=N_("a child's name or id")),
        _argument("--copy", choices=("file", "parents"), default="parents",
                  help=N_("of an incident: for the file, or for this child's parents without another child's name")),
        _GROUP, _DAY, _argument("--html", action="store_true", help=N_("a page to print instead of plain text")),
    )),
    "history": _Verb("lists:history", N_("what happened to a child, or to one record"), (
        _JSON, _argument("whom", metavar=N_("CHILD|RECORD"), help=N_("a child's name or id, or a record's id")),
    )),
    "mind": _Verb("care_notes:mind", N_("all that must be minded about a child"), (
        _JSON, _argument("child", metavar=N_("CHILD"), help=N_("a child's name or id")),
    )),
    "absences": _Verb("absences:absences", N_("what was reported and asked"), (
        _JSON, _FROM, _TO, _argument("--state", choices=STATES, help=N_("only those in this state")),
    )),
    "decide": _Verb("absences:decide", N_("decides about a report or a request"), (
        _BY,
        _argument("id", metavar="ID", help=N_("the absence's id, or the end of it")),
        _argument("decision", choices=("approve", "refuse", "acknowledge")),
        _argument("--reason", metavar=N_("TEXT"), default="", help=N_("why; needed to refuse")),
        _argument("--yes", action="store_true", help=N_("send a reason in spite of what the guard found")),
    )),
    "message": _Verb("messages:message", N_("queues a message for the portal"), (
        _BY, _JSON,
        _argument("--to", required=True, metavar=N_("CHILD|GROUP|location")),
        _argument("--subject", metavar="S", default=""),
        _argument("--text-file", metavar="F", help=N_("where the text is; without it, or with -, stdin")),
        _argument("--check", action="store_true", help=N_("show who would get it; queue nothing")),
        _argument("--again", action="store_true", help=N_("queue it although the same was queued within the hour")),
    )),
    "export": _Verb("exchange:export", N_("writes a bundle of what changed"), (
        _BY, _JSON, _OUT,
        _argument("--profile", help=N_("another profile than the location's")),
        _FROM, _TO, _argument("--all", action="store_true", help=N_("everything in the period, whatever left before")),
    )),
    "bundle": _Verb("", N_("looks at a bundle as its receiver would"), verbs={
        "check": _Verb("exchange:check", N_("validates a bundle"), (_JSON, _FILE)),
        "receive": _Verb("exchange:receive", N_("answers a bundle with receipts"), (_JSON, _FILE, _OUT)),
    }),
    "verify": _Verb("verify:verify", N_("checks the database, and whether all is there that was saved"), (_JSON,)),
    "doctor": _Verb("doctor:doctor", N_("is the installation in order: files, disk, keys, clock, database"), (_JSON,)),
    "backup": _Verb("backup:backup", N_("writes a backup and checks it"), (
        _argument("file", nargs="?", metavar=N_("FILE"),
                  help=N_("the file, or a folder where old backups then go; else the folder of backups")),
        _argument("--keep-in", metavar=N_("DIR"), help=N_("keep backups in this folder from now on")),
    )),
    "restore": _Verb("backup:restore", N_("puts a backup in the place of what is here, which is kept aside"), (
        _FILE, _argument("--yes", action="store_true", help=N_("do not ask")), _KEY_IN,
    )),
    "intake": _Verb("exchange:intake", N_("takes in absences, messages and receipts"), (_BY, _JSON, _FILES)),
}  # fmt: skip
