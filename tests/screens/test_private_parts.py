"""Which private parts of Textual the program leans on, where, and with which version that was checked."""

import ast
import inspect
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

from textual.app import App
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

import kindertui

CHECKED = "8.2"  # after another one: read docs/maintainers.md, look at the screens, then change this
PACKAGE = Path(kindertui.__file__).parent
USED = {
    "screens/support/crash.py": {"_handle_exception"},
    "screens/support/fast_paint.py": {
        "_batch_count", "_compositor", "_display", "_exchange_repaint_regions", "_layout_required", "_repaint_required",
    },
}  # fmt: skip


def private_of_textual() -> set[str]:
    """The private names of Textual's classes, those that only an instance has as well."""
    found = {name for kind in (App, Input, MessagePump, Screen, TextArea, Widget) for name in dir(kind)}
    for kind in (App, Input, MessagePump, Screen, Widget):
        for node in ast.walk(ast.parse(inspect.getsource(inspect.getmodule(kind)))):  # type: ignore[arg-type]
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "self":
                found.add(node.attr)
    return {name for name in found if is_private(name)}


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def asked_for(file: Path, private: set[str]) -> set[str]:
    """Those that a module asks of something else than itself."""
    found = (node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Attribute))
    return {node.attr for node in found if ast.unparse(node.value) != "self"} & private


def redefined(module: ModuleType) -> set[str]:
    """Those that a class of a module redefines."""
    return {
        name
        for kind in vars(module).values()
        if inspect.isclass(kind) and kind.__module__ == module.__name__
        for base in kind.__mro__[1:]
        if base.__module__.startswith("textual.")
        for name in kind.__dict__.keys() & base.__dict__.keys()
        if is_private(name) and inspect.isfunction(kind.__dict__[name])
    }


def test_private_parts_are_used_in_two_files_alone() -> None:
    private, found = private_of_textual(), {}
    for file in sorted(
        [*(PACKAGE / "screens").rglob("*.py"), *(PACKAGE / "widgets").rglob("*.py"), PACKAGE / "app.py"]
    ):
        name = file.relative_to(PACKAGE.parent).with_suffix("")
        module = import_module(".".join(name.parts).removesuffix(".__init__"))
        if names := asked_for(file, private) | redefined(module):
            found[str(file.relative_to(PACKAGE))] = names
    assert found == USED


def test_they_were_checked_with_this_textual() -> None:
    assert version("textual").startswith(CHECKED + "."), "docs/maintainers.md says what to look at"
