"""Wrong use, help, streams and the last resort: codes 2, 3, 130, 141, and never a traceback."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kindertui import i18n
from kindertui.cli import main, parser
from kindertui.cli.errors import INTERRUPTED, NO_READER
from kindertui.locations import Locations
from tests.cli.conftest import Cli, in_english

CONTRACT = (
    "demo", "where", "init", "key", "import", "groups", "children", "staff", "log", "texts", "undo", "today", "sheet",
    "history", "mind", "absences", "decide", "message", "export", "bundle", "verify", "doctor",
    "backup", "restore", "intake",
)  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "", "nonsense", "today --day 31-02-2025", "today --day 2025-02-31", "today --jso", "log",
        "init --location Tuin", "decide 1 perhaps", "bundle", "bundle open x.zip", "deliver", "restore",
        "absences --state lost", "absences --from 2026-02-02 --to 2026-02-01",
    ],
)  # fmt: skip
def test_wrong_use_is_one_sentence_and_code_2(cli: Cli, place: Locations, line: str) -> None:
    ran = cli(*line.split())
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.sentences) == 1 and ran.err.endswith(".\n")


@pytest.mark.parametrize("verb", CONTRACT)
def test_every_verb_of_the_contract_has_its_help(cli: Cli, verb: str) -> None:
    ran = cli(verb, "--help")
    assert ran.code == 0
    assert ran.out.startswith(f"usage: kindertui {verb}")
    assert verb in cli("--help").out


@pytest.mark.parametrize(
    ("language", "heads"), [("nl", ("gebruik: ", "argumenten:", "opties:")), ("nb", ("bruk: ", "argumenter:", "valg:"))]
)
def test_what_argparse_says_is_in_the_language_of_the_rest(
    cli: Cli, place: Locations, monkeypatch: pytest.MonkeyPatch, language: str, heads: tuple[str, ...]
) -> None:
    monkeypatch.setenv("KINDERTUI_LANGUAGE", language)
    english = (
        "usage",
        "argument ",
        "arguments",
        "options",
        "choose",
        "choice",
        "expected",
        "required",
        "exit",
        "show ",
    )
    for verb in ("", *CONTRACT):
        out = cli(*filter(None, (verb,)), "--help").out
        assert all(head in out for head in heads[:: 1 if verb in ("", "log") else 2])
        assert not any(word in out for word in english), out
    for line in ("nonsense", "log", "today --jso", "today --day", "bundle", "decide 1 x"):
        ran = cli(*line.split())
        assert ran.code == 2 and not any(word in ran.err for word in english), ran.err


def test_the_table_of_verbs_is_the_contract() -> None:
    assert tuple(parser.VERBS) == CONTRACT


@pytest.mark.parametrize("verb", ["", "history", "log", "decide"])
def test_what_was_typed_cannot_move_the_cursor(cli: Cli, place: Locations, verb: str) -> None:
    typed = "\x1b[2J\n\x1b]52;c;aGk=\x07"
    more = {"log": ("--by", "\x1b[2J\nIna"), "decide": ("approve", "--by", "Ina")}.get(verb, ())
    ran = cli(*([verb] if verb else []), typed, *more)
    assert ran.code == (1 if verb else 2)
    assert "\x1b" not in ran.err and "\x07" not in ran.err
    assert len(ran.sentences) == 1


def raising(error: BaseException) -> Callable[[object], int]:
    """A verb that ends with an exception."""

    def broken(arguments: object) -> int:
        raise error

    return broken


def test_the_last_resort_names_no_values(cli: Cli, place: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kindertui.cli.lists.groups", raising(RuntimeError("cannot do it for Aya Bakker")))
    ran = cli("groups")
    assert (ran.code, len(ran.sentences)) == (3, 1)
    assert "RuntimeError" in ran.err and str(place.log) in ran.err
    assert "Traceback" not in ran.err and "Aya" not in ran.err
    written = place.log.read_text()
    assert "RuntimeError at cli/test_use.py:" in written
    assert "Aya" not in written
    assert place.log.stat().st_mode & 0o777 == 0o600


def test_a_log_that_cannot_be_written_is_no_second_failure(
    cli: Cli, place: Locations, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("kindertui.cli.lists.groups", raising(RuntimeError()))
    target = tmp_path / "elsewhere"
    target.write_text("")
    place.log.symlink_to(target)  # somebody's link is never written through
    ran = cli("groups")
    assert ran.code == 3
    assert "the log could not be written" in ran.err
    assert target.read_text() == ""


def test_ctrl_c_is_130_without_a_word(cli: Cli, place: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kindertui.cli.lists.groups", raising(KeyboardInterrupt()))
    ran = cli("groups")
    assert (ran.code, ran.out, ran.err) == (INTERRUPTED, "", "")


def test_a_reader_that_goes_away_ends_it_quietly(place: Locations) -> None:
    command = [sys.executable, "-m", "kindertui", "today", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=in_english(place))
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()  # as `| true` does, long before anything is written
    assert process.wait(30) == NO_READER
    assert process.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_an_answer_that_cannot_be_written_out_is_a_sentence(place: Locations, unbuffered: str) -> None:
    # buffered it fails at the end, unbuffered (or a long answer) in the middle of the verb
    environment = {**in_english(place), "PYTHONUNBUFFERED": unbuffered}
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "kindertui", "today"]
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=environment, check=False)
    assert ran.returncode == 3
    assert os.strerror(errno.ENOSPC).encode() in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


def test_names_survive_a_terminal_that_cannot_show_them(place: Locations) -> None:
    environment = {**in_english(place), "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "kindertui", "children"]
    table = subprocess.run(command, capture_output=True, env=environment, check=True)
    assert b"S?ren" in table.stdout
    document = subprocess.run([*command, "--json"], capture_output=True, env=environment, check=True)
    assert b"S\\u00f8ren" in document.stdout


def test_files_are_born_closed_to_others(cli: Cli, home: Locations) -> None:
    os.umask(0)
    assert cli("init", "--location", "De Tuin", "--profile", "open", "--timezone", "Europe/Amsterdam").code == 0
    open_to_others = [path for path in [home.data, *home.data.rglob("*")] if path.stat().st_mode & 0o077]
    assert open_to_others == []


def test_an_unknown_language_of_the_system_is_english(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    for value, language in (("nl_NL.UTF-8", "nl"), ("nb_NO", "nb"), ("no", "nb"), ("de_DE", "en"), ("C", "en")):
        monkeypatch.setenv("LANG", value)
        assert i18n.of_the_system() == language
    monkeypatch.delenv("LANG")
    assert i18n.of_the_system() == "en"


def test_the_process_own_arguments_are_used_when_none_are_given(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["kindertui", "--version"])
    before = os.umask(0o077)
    assert main() == 0
    os.umask(before)
    assert capsys.readouterr().out.startswith("kindertui ")
