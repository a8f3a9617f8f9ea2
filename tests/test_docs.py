"""The documents say what the program does: what is generated is current, commands, links and entry lines hold."""

import argparse
import ast
import re
import shlex
from pathlib import Path

import pytest
import time_machine

from docs import keys, pictures
from kindertui.cli.errors import WrongUse
from kindertui.cli.parser import VERBS, parser
from kindertui.commands import COMMANDS, key_name
from kindertui.locations import Locations

ROOT = Path(__file__).parent.parent
ARCHITECTURE = ROOT / "docs" / "architecture.md"
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_ROOM = re.compile(r"^### `kindertui/([\w/]*)`$", re.MULTILINE)
_ROW = re.compile(r"^\| `([\w.-]+)` \| \S", re.MULTILINE)
_FILE = re.compile(r"(?<![\w/.-])[\w/-]+\.(?:py|toml|tcss)\b(?<!\bprofile\.toml)")  # the location's own is not here
_NAMED = re.compile(r"`([\w.]+)` in `([\w/]+\.py)`")
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def _blocks(kind: str) -> list[tuple[str, str]]:
    """(page, line) of every fenced block of a kind, without remarks and empty lines."""
    found = []
    for page in PAGES:
        for language, text in _FENCE.findall(page.read_text(encoding="utf-8")):
            if language == kind:
                found += [(_name(page), line) for line in text.splitlines() if line.strip()]
    return found


def _anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.casefold()).replace(" ", "-") for head in heads}


def test_keys_page_is_what_the_tables_say() -> None:
    assert keys.FILE.read_text(encoding="utf-8") == keys.sheet(), "run: make docs"


def test_keys_page_names_every_command() -> None:
    rows = [line for line in keys.sheet().splitlines() if line.startswith("| ")]
    for command in COMMANDS:
        row = next((row for row in rows if command.help in row), "")
        assert row, command.id
        assert all(f"`{key_name(key)}`" in row for key in command.keys), command.id


def test_pages_have_the_pictures_that_are_made() -> None:
    named = {
        Path(target).name for page in PAGES for target in _LINK.findall(page.read_text(encoding="utf-8"))
        if target.endswith(".svg")
    }  # fmt: skip
    made = {picture.file for picture in pictures.PICTURES}
    assert len(made) == len(pictures.PICTURES)
    assert {path.name for path in pictures.FOLDER.iterdir()} == made, "run: make docs"
    assert named <= made
    assert {"roster", "day", "absences", "messages", "portal", "overview"} <= {name.split("-")[0] for name in named}


@pytest.mark.parametrize("picture", pictures.PICTURES, ids=lambda picture: picture.file)
def test_picture_holds_the_screen_and_names_no_host(picture: pictures.Picture) -> None:
    svg = (pictures.FOLDER / picture.file).read_text(encoding="utf-8")
    hosts = set(re.findall(r"https?://([^/\"<\s]+)", svg))
    assert hosts <= {"www.w3.org", "www.textualize.io"}  # a namespace and a remark: nothing that is loaded
    assert pictures.is_of(svg, picture)


async def test_a_picture_made_twice_is_the_same(home: Locations) -> None:
    roster = pictures.PICTURES[0]
    with time_machine.travel(pictures.NOW, tick=False):
        made = []
        for name in ("one", "two"):
            place = Locations(data=home.data / name, config=home.data / name, state=home.data / name)
            pictures.sample(place, days=1)
            made.append(await pictures.take(place, roster))
    assert made[0] == made[1]
    assert "12:41" in made[0]
    assert "font-face" not in made[0]


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        if target.startswith(("http://", "https://")):
            continue
        name, _, anchor = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        assert path.exists(), target
        assert not anchor or anchor in _anchors(path), target


def test_architecture_page_names_every_module_and_none_besides() -> None:
    page = ARCHITECTURE.read_text(encoding="utf-8")
    _, *rooms = _ROOM.split(page.partition("\n## Every module\n")[2].partition("\n## ")[0])
    named = [f"{room}{file}" for room, text in zip(rooms[::2], rooms[1::2], strict=True) for file in _ROW.findall(text)]
    assert len(named) == len(set(named))
    package = ROOT / "kindertui"
    modules = {str(file.relative_to(package)) for file in package.rglob("*.py") if file.name != "__init__.py"}
    assert {one for one in modules if not one.startswith("data/migrations/versions/")} - set(named) == set()
    assert {one for one in named if not (package / one).is_file()} == set()


def test_architecture_page_names_what_is_there() -> None:
    found = _NAMED.findall(ARCHITECTURE.read_text(encoding="utf-8"))
    assert len(found) > 30
    for name, file in found:
        assert name in _defined(ROOT / "kindertui" / file), f"{name} in {file}"


@pytest.mark.parametrize("page", [ARCHITECTURE, ROOT / "docs" / "maintainers.md"], ids=_name)
def test_files_that_maintainers_are_sent_to_are_there(page: Path) -> None:
    rooms = (ROOT / room for room in ("kindertui", "tests", "benchmarks", "docs"))
    there = [str(path) for path in (*ROOT.iterdir(), *(path for room in rooms for path in room.rglob("*.*")))]
    for file in _FILE.findall(page.read_text(encoding="utf-8")):
        assert any(path.endswith(f"/{file}") for path in there), file


def _defined(module: Path) -> set[str]:
    """Functions, classes and constants of a module, and its classes' methods as `Class.method`."""
    found = set()
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {one.id for one in targets if isinstance(one, ast.Name)}
        if isinstance(node, ast.ClassDef):
            methods = [one for one in node.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]
            found |= {f"{node.name}.{one.name}" for one in methods}
    return found


def test_shell_lines_are_understood() -> None:
    lines = _blocks("sh")
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    verbs = set()
    for page, line in lines:
        words = shlex.split(line, comments=True)
        if not words:
            continue
        if words[0] == "make":
            assert words[1] in targets, f"{page}: {line}"
        elif words[0] == "kindertui":
            parser(words[1:]).parse_args(words[1:])  # a wrong one raises, and fails the test
            verbs.add(words[1] if len(words) > 1 else "")
        else:
            assert words[0] in {"pipx", ".venv/bin/pybabel"}, f"{page}: {line}"
    assert {"", "init", "import", "log", "today", "export", "bundle", "intake"} <= verbs


def test_wrong_shell_lines_would_be_noticed() -> None:
    with pytest.raises(WrongUse):
        parser(["today", "--jsn"]).parse_args(["today", "--jsn"])


def test_command_line_page_has_every_verb_and_option() -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    shown = {line.split()[1]: line for line in page.splitlines() if line.startswith("kindertui ") and len(line) > 20}
    assert set(VERBS) <= set(shown)
    for verb in VERBS:
        for options in (action.option_strings for action in _actions(verb)):
            longest = max(options, key=len, default="")
            if longest.startswith("--") and longest != "--help":
                usage = [line for line in page.splitlines() if line.startswith(f"kindertui {verb}")]
                assert any(longest in line for line in usage), f"{verb} {longest}"


def _actions(verb: str) -> list[argparse.Action]:
    found: list[argparse.Action] = []
    waiting: list[argparse.ArgumentParser] = [parser([verb])]
    while waiting:
        for action in waiting.pop()._actions:
            choices = action.choices
            if isinstance(choices, dict):
                waiting += list(choices.values())
            found.append(action)
    return [action for action in found if "--version" not in action.option_strings]


async def test_a_picture_of_another_screen_is_refused(home: Locations) -> None:
    place = Locations(data=home.data, config=home.data, state=home.data)
    with time_machine.travel(pictures.NOW, tick=False):
        pictures.sample(place, days=1)
        with pytest.raises(RuntimeError, match="lead elsewhere"):
            await pictures.take(place, pictures.Picture("day", "Enter corrects the row"))
