"""docs/keys.md, from the table of commands and the words of the entry language."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path

from kindertui.commands import COMMANDS, PLACES, Command, key_name
from kindertui.domain.entry import words
from kindertui.domain.entry.command_words import COMMAND_WORDS

FILE = Path(__file__).parent / "keys.md"
_LANGUAGES = ("en", "nl", "nb")
_HEAD = """\
# Keys and words

Made by `make docs` from the program's table of commands and its word lists; `?` and `ctrl+p` show the same inside the
program, with the reason when something cannot be done now.

On the roster and the day screen every letter belongs to the entry line. A key marked *empty line* means what stands
here as long as nothing is typed. On the other screens a letter is a command, and `:` opens the entry line.
"""
_WORDS_HEAD = """\
## Words of the entry line

The first word of each is the one the program prints. English is understood in every language; where a language uses an
English word for something else, its own meaning counts. Capitals and accents do not matter (`våken` is `vaken`), and
two letters or more of a word are enough where only one word begins so.
"""


def sheet() -> str:
    """The whole page."""
    parts = [_HEAD, *(_group(name, list(rows)) for name, rows in groupby(_by_group(), lambda one: one.group))]
    parts += [_WORDS_HEAD, *_words()]
    return "\n".join(parts)


def _by_group() -> list[Command]:
    names = list(dict.fromkeys(command.group for command in COMMANDS))
    return sorted(COMMANDS, key=lambda command: names.index(command.group))


def _group(name: str, rows: list[Command]) -> str:
    return f"## {name}\n\n" + _table(("key or word", "what", "where", "what it does"), map(_row, rows))


def _row(command: Command) -> tuple[str, ...]:
    keys = [f"`{key_name(key)}`" for key in command.keys]
    if command.word:
        keys.append(f"type `{words.command_word(command.word, 'en')}`")
    where = "everywhere" if set(command.places) >= set(PLACES) or not command.places else ", ".join(command.places)
    if command.empty:
        where += ", empty line"
    return ", ".join(keys), command.label, where, command.help


def _words() -> list[str]:
    rows: dict[str, list[tuple[str, ...]]] = {
        "What happened": _languages(words.VERB_WORDS),
        "What was reported": _languages(words.REPORT_WORDS),
        "Commands": _languages(COMMAND_WORDS),
        "Amounts and contents": [
            ("everybody", *(_listed(words.ALL_WORDS[one]) for one in _LANGUAGES)),
            ("all but", *(_listed("- " + words.EXCEPT_WORDS[one]) for one in _LANGUAGES)),
            ("between two names", *(_listed(", " + words.AND_WORDS[one]) for one in _LANGUAGES)),
            ("how much was eaten", *(_listed(" ".join(words.portion_words(one))) for one in _LANGUAGES)),
            ("in the nappy", *(_listed(" ".join(words.content_words(one))) for one in _LANGUAGES)),
            ("there was no sleep", *(_listed(" ".join(words.no_sleep_words(one))) for one in _LANGUAGES)),
            ("the day's menu", *(_listed(words.menu_word(one)) for one in _LANGUAGES)),
            ("not for parents", *(_listed(f"! {words.for_staff_word(one)}:") for one in _LANGUAGES)),
            ("another day", *(_listed(" ".join("@" + day for day in words.past_words(one))) for one in _LANGUAGES)),
            ("a text of before", *(_listed(" ".join(_recalls(one))) for one in _LANGUAGES)),
        ],
    }
    return [f"### {title}\n\n" + _table(("meaning", *_LANGUAGES), lines) for title, lines in rows.items()]


def _recalls(language: str) -> list[str]:
    return ["&" + word for word in ("", *words.recall_words(language))]


def _languages(tables: Mapping[str, Mapping[str, str]]) -> list[tuple[str, ...]]:
    return [
        (name.replace("_", " "), *(_listed(tables[one][name]) for one in _LANGUAGES)) for name in tables[_LANGUAGES[0]]
    ]


def _listed(text: str) -> str:
    return " ".join(f"`{word}`" for word in text.split())


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)
