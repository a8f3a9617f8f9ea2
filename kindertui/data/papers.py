"""Sheets for paper as files: readable by this account alone, without a name in their names, and gone after a day."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Mapping
from datetime import date
from itertools import count
from pathlib import Path
from typing import Literal

KEPT = 24 * 60 * 60  # seconds a paper stays (house rule): long enough to print it, too short to become a second log
_PATIENCE = 20.0  # seconds a printer may take to accept a paper
_OURS = re.compile(r"[a-z-]+-\d{4}-\d\d-\d\d(-\d+)?\.(html|txt)")
Printed = Literal["printed", "refused", "no_printer"]


def write(folder: Path, name: str, day: date, texts: Mapping[str, str]) -> dict[str, Path]:
    """Writes a sheet in each of its forms (by file ending) and removes those of more than a day ago.

    `name` is what the sheet is, never whom it is about. Raises OSError; then nothing of this sheet is left.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    remove_old(folder)
    for number in count(1):
        stem = f"{name}-{day.isoformat()}" + (f"-{number}" if number > 1 else "")
        paths = {ending: folder / f"{stem}.{ending}" for ending in texts}
        if any(path.exists() for path in paths.values()):
            continue
        try:
            for ending, path in paths.items():
                _write(path, texts[ending])
        except FileExistsError:  # another window took this number just now
            continue
        except OSError:
            for path in paths.values():
                path.unlink(missing_ok=True)
            raise
        return paths
    raise AssertionError("numbers do not end")


def remove_old(folder: Path) -> None:
    """Takes away the sheets of more than a day ago; files of any other name are left alone."""
    for path in folder.iterdir():
        if _OURS.fullmatch(path.name) and time.time() - path.stat().st_mtime > KEPT:
            path.unlink(missing_ok=True)


def to_printer(path: Path) -> Printed:
    """Hands a file to the system's `lp`, which prints it or keeps it in its queue; waits 20 s at most."""
    lp = shutil.which("lp")
    if lp is None:
        return "no_printer"
    try:
        done = subprocess.run(  # noqa: S603 - the system's own program, and a path of ours
            [lp, str(path)], stdin=subprocess.DEVNULL, capture_output=True, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return "refused"
    return "printed" if done.returncode == 0 else "refused"


def _write(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
