"""Disks that fail: real ones (a full tmpfs), and one that fails on demand (faulty_disk.c, preloaded; Linux)."""

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

_SOURCE = Path(__file__).with_name("faulty_disk.c")


@cache
def _library() -> Path | None:
    compiler = shutil.which("cc")
    if sys.platform != "linux" or compiler is None:
        return None
    built = Path(mkdtemp(prefix="kindertui-disk-"), "faulty_disk.so")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", built, _SOURCE, "-ldl"], check=True)
    return built


def failing(
    path: Path, calls: str, error: int | str, *, start: int = 1, every: int = 1, while_: Path | None = None
) -> dict[str, str]:
    """The environment in which calls on files whose path contains `path` fail; faulty_disk.c says how.

    Skips the test where there is no C compiler, or no Linux.
    """
    built = _library()
    if built is None:
        pytest.skip("faulty_disk.c needs Linux and a C compiler")
    settings = {
        "LD_PRELOAD": str(built),
        "FAULT_PATH": str(path),
        "FAULT_CALLS": calls,
        "FAULT_ERRNO": str(error),
        "FAULT_FROM": str(start),
        "FAULT_EVERY": str(every),
    }
    return settings | ({"FAULT_WHILE": str(while_)} if while_ else {})
