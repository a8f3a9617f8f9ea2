"""What may load what, what importing does, and who may touch the database's files and tables."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

import kindertui
from benchmarks import places
from kindertui.data import migrations

PACKAGE = Path(kindertui.__file__).parent
ROOT = PACKAGE.parent
DOMAIN = sorted(
    str(file.relative_to(ROOT)).removesuffix(".py").replace("/", ".").removesuffix(".__init__")
    for file in (PACKAGE / "domain").rglob("*.py")
)
# All of the database's modules but those that are loaded by the first write, or when the schema is made or brought up.
WRITERS = sorted(
    f"kindertui.data.{file.stem}"
    for file in (PACKAGE / "data").glob("*.py")
    if file.stem not in ("__init__", "engine", "writer", "upgrading")
)
# Not records: what may be written by plain SQL, because it is about records and no record itself.
PLAIN_TABLES = {"bundle", "delivery", "intake", "draft", "origin", "unfinished_act", "unfinished_row"}


@cache
def trees() -> dict[str, ast.Module]:
    return {str(file.relative_to(PACKAGE)): ast.parse(file.read_text()) for file in sorted(PACKAGE.rglob("*.py"))}


LOADED = """
import json, sys
before = set(sys.modules)
{imports}
print(json.dumps(sorted(name.partition(".")[0] for name in set(sys.modules) - before)))
"""


def loaded(imports: str, home: Path) -> set[str]:
    """The top-level modules that a fresh process has after these imports; its home and its folder must stay empty."""
    home.mkdir(exist_ok=True)
    place = home / "cwd"
    place.mkdir()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home / "user"),
        "KINDERTUI_HOME": str(home / "kindertui"),
        "TMPDIR": str(home / "tmp"),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    ran = subprocess.run(
        [sys.executable, "-c", LOADED.replace("{imports}", imports)],
        capture_output=True, text=True, check=False, timeout=60, cwd=place, env=environment,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == ""
    assert sorted(path.name for path in home.rglob("*")) == ["cwd"], "importing made a file or a folder"
    return set(json.loads(ran.stdout))


AFTER_THE_FRAME = (
    "kindertui.domain.entry", "kindertui.domain.plausibility", "kindertui.domain.completeness",
    "kindertui.data.models.", "kindertui.data.daylog", "kindertui.screens.entry.value_grid",
    "kindertui.screens.sheets.sheet", "babel", "sqlalchemy", "pydantic", "textual.widgets._text_area",
)  # fmt: skip
HEAVY = {"textual", "rich", "sqlalchemy", "sqlmodel", "pydantic", "alembic", "sqlcipher3", "babel", "openpyxl", "lxml"}


@pytest.mark.parametrize(
    ("imports", "never"),
    [
        ("import " + ", ".join(DOMAIN), HEAVY),
        ("import kindertui.commands, kindertui.i18n, kindertui.locations", HEAVY),
        ("import kindertui.text", HEAVY),
        (
            "import kindertui.data.queries, kindertui.data.queries.day, kindertui.data.queries.history,"
            " kindertui.data.queries.absences, kindertui.data.queries.messages",
            HEAVY - {"sqlcipher3"},
        ),
        ("import kindertui.data.connection, kindertui.data.store, kindertui.data.journal", HEAVY - {"sqlcipher3"}),
        ("import kindertui.data.models, " + ", ".join(WRITERS), HEAVY - {"sqlcipher3"}),
        ("import kindertui.cli", HEAVY),
        ("import kindertui.cli.run, kindertui.cli.parser", HEAVY),
        ("import kindertui.portal.profile", HEAVY),
        ("import kindertui.app", {"sqlalchemy", "sqlmodel", "pydantic", "alembic", "openpyxl", "lxml"}),
    ],
    ids=["domain", "tables", "text", "queries", "store", "writers", "cli", "verbs", "profile", "app"],
)
def test_what_is_loaded_and_nothing_is_made(imports: str, never: set[str], tmp_path: Path) -> None:
    found = loaded(imports, tmp_path / "home")
    assert "kindertui" in found
    assert found & never == set()


def test_the_first_frame_loads_neither_the_entry_language_nor_what_writes(tmp_path: Path) -> None:
    """What it shows is a group of people; all else is for the first key, or comes behind it."""
    place = places.group(tmp_path / "home", children=2)
    program = f"""
import os, sys
os.environ.update(KINDERTUI_HOME={str(place.data)!r}, KINDERTUI_STAFF="Ina", KINDERTUI_LANGUAGE="nl")
import asyncio, kindertui.app, kindertui.locations
from kindertui.screens.place import PlaceScreen

def painted(screen):
    print(sorted(name for name in sys.modules if name.startswith({AFTER_THE_FRAME!r})), file=sys.__stdout__)
    screen.app.exit()

PlaceScreen._painted = painted
for by in ("Ina", None):
    app = kindertui.app.KinderApp(kindertui.locations.find(), by=by)
    if by is None:
        app.call_after_refresh(lambda: painted(app.screen))
    asyncio.run(app.run_async(headless=True))
    app.state.store.close()
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert ran.stdout.splitlines() == ["[]", "[]"], ran.stdout + ran.stderr


def test_the_domain_uses_nothing_of_ours_outside_it() -> None:
    for file, tree in trees().items():
        if file.startswith("domain/"):
            for name in imported(tree):
                assert not name.startswith("kindertui") or name.startswith("kindertui.domain"), (file, name)


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the whole way"
            yield node.module or ""


def test_imports_point_one_way() -> None:
    """The contracts of pyproject.toml."""
    ran = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        capture_output=True, text=True, check=False, timeout=120, cwd=ROOT,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout
    assert " 0 broken" in ran.stdout


# The database's files and tables.


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id, node
            elif isinstance(node.func, ast.Attribute):
                yield node.func.attr, node


OPENERS = {
    "open",
    "read_bytes",
    "read_text",
    "write_bytes",
    "write_text",
    "copy",
    "copyfile",
    "copytree",
    "copy2",
    "move",
    "touch",
}


def test_nobody_opens_the_database_but_sqlite() -> None:
    """Closing any descriptor of ours on the live file drops SQLite's locks: whatever opens must not name it."""
    for file, tree in trees().items():
        for name, call in calls(tree):
            if name in OPENERS:
                assert ".database" not in ast.unparse(call), f"{file}:{call.lineno}"


def test_the_driver_is_connected_in_one_place() -> None:
    users = {file for file, tree in trees().items() if any("sqlcipher3" in name for name in imported(tree))}
    assert users == {"data/connection.py", "data/engine.py", "data/writer.py"}
    connected = [
        file
        for file, tree in trees().items()
        for name, call in calls(tree)
        if ast.unparse(call.func) == "driver.connect"
    ]
    assert set(connected) == {"data/connection.py"}
    assert not any("sqlite3" in set(imported(tree)) for tree in trees().values())
    engines = {file for file, tree in trees().items() for name, _ in calls(tree) if name == "create_engine"}
    assert engines == {"data/engine.py"}


def is_of(room: str, name: str, call: ast.Call) -> bool:
    return ast.unparse(call.func) == f"{room}.{name}"


def literals(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def test_records_are_written_through_the_act_alone() -> None:
    """Plain SQL or a bulk statement would leave no row in the journal: `Tx.add` and the session's hook leave one."""
    rows = {file for file, tree in trees().items() for _, call in calls(tree) if is_of("rows", "insert_row", call)}
    journals = {file for file, tree in trees().items() for _, call in calls(tree) if is_of("journal", "added", call)}
    assert rows == journals == {"data/act.py"}
    many = {file for file, tree in trees().items() for _, call in calls(tree) if is_of("rows", "write_rows", call)}
    journals = {file for file, tree in trees().items() for _, call in calls(tree) if is_of("journal", "written", call)}
    assert many == journals == {"data/act.py"}
    for file, tree in trees().items():
        if file.startswith("data/migrations/") or file == "data/rows.py":
            continue
        tables = PLAIN_TABLES | ({"journal"} if file == "data/journal.py" else set())
        for line, text in literals(tree):
            words = text.split()
            for at, word in enumerate(words[:2]):
                if word == "UPDATE" or (word in ("INTO", "FROM") and words[at - 1] in ("INSERT", "REPLACE", "DELETE")):
                    assert "".join(words[at + 1 : at + 2]).strip('"(') in tables, f"{file}:{line}: {text[:60]}"
        names = {
            one.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy")
            for one in node.names
        }
        assert not names & {"insert", "update", "delete"}, file
        assert not {"bulk_save_objects", "bulk_insert_mappings", "bulk_update_mappings"} & {
            name for name, _ in calls(tree)
        }


def test_nothing_below_the_screens_prints_or_logs() -> None:
    """A name must not come out by a way nobody has thought of."""
    for file, tree in trees().items():
        if not file.startswith(("cli/", "__main__")):
            assert not {"print", "pprint", "breakpoint"} & {
                name for name, call in calls(tree) if isinstance(call.func, ast.Name)
            }, file
        # the one error handler of the screens writes types and places to a file of its own
        assert not {"logging", "pdb"} & set(imported(tree)) or file == "screens/support/crash.py", file
        # types and places may be told of an exception, what it says may not
        told = {
            "print_exc",
            "format_exc",
            "print_exception",
            "format_exception",
            "format_exception_only",
            "TracebackException",
        }
        assert not told & {name for name, _ in calls(tree)}, file


def test_no_exception_is_swallowed_whole() -> None:
    for file, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ExceptHandler):
                body = [one for one in node.body if not isinstance(one, ast.Pass)]
                wide = node.type is None or ast.unparse(node.type) in ("Exception", "BaseException")
                assert body or not wide, f"{file}:{node.lineno}"


def test_the_schema_steps_and_the_rules_are_in_the_package() -> None:
    inside = files("kindertui")
    assert inside.joinpath("data/migrations/versions/v0001_first.py").is_file()
    for name in ("nl", "nb", "en", "plain"):
        assert inside.joinpath(f"domain/guard_{name}.toml").is_file()
    assert inside.joinpath("domain/foods.toml").is_file()
    assert inside.joinpath("app.tcss").is_file()
    for name in ("open", "bitcare", "mik-konnect", "social-schools", "basisonline", "vigilo"):
        assert inside.joinpath(f"portal/profiles/{name}.toml").is_file()
    assert migrations.HERE == PACKAGE / "data" / "migrations"


def test_everything_beside_the_code_goes_into_the_wheel() -> None:
    """The build takes the package as it stands, so a file that is not ignored is in it."""
    from hatchling.builders.wheel import WheelBuilder

    builder = WheelBuilder(str(ROOT))
    taken = {Path(one.distribution_path) for one in builder.recurse_included_files()}
    wanted = {
        file.relative_to(ROOT)
        for file in PACKAGE.rglob("*")
        if file.is_file()
        and file.suffix in (".py", ".toml", ".tcss", ".json", ".po")
        and "__pycache__" not in file.parts
    }
    assert wanted - taken == set()
    assert not {one for one in taken if one.parts[0] != "kindertui"}
