"""Tab in a file's name goes as far as it is certain, as in a shell."""

from pathlib import Path

import pytest

from kindertui.screens.support.file_names import completed

ENDINGS = (".zip", ".jsonl")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("bundle-1.zip", "bundle-2.zip", "notes.txt", "answer.jsonl", "Ø æ.ZIP", ".hidden.zip"):
        (tmp_path / name).touch()
    (tmp_path / "from portal").mkdir()
    (tmp_path / "from portal" / "in.jsonl").touch()
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("bu", "bundle-"), ("bundle-1", "bundle-1.zip"), ("an", "answer.jsonl"), ("f", "from portal/"),
        ("from portal/", "from portal/in.jsonl"), ("~/bundle-2", "~/bundle-2.zip"), ("n", "n"), ("Ø", "Ø æ.ZIP"),
        (".h", ".hidden.zip"), ("nowhere/x", "nowhere/x"), ("", ""), ("answer.jsonl", "answer.jsonl"), ("\0", "\0"),
        ("~nobody-of-this-name/x", "~nobody-of-this-name/x"), ("/", "/"),
    ],
)  # fmt: skip
def test_tab_goes_as_far_as_it_is_certain(folder: Path, typed: str, becomes: str) -> None:
    assert completed(typed, ENDINGS) == becomes
    if typed.startswith("bu"):
        assert completed(f"{folder}/{typed}", ENDINGS) == f"{folder}/{becomes}"
