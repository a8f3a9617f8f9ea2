"""Completes the name of a file or a folder as a shell does: as far as all that fit go on alike."""

import os
from pathlib import Path

_MOST = 2000  # names of a folder that are looked at: nobody waits for a folder of any size


def completed(typed: str, endings: tuple[str, ...]) -> str:
    """`typed` and what follows for certain; a folder with its `/`. `endings` are those of the files that count.

    What cannot be read, or fits nothing, is given back as it was typed. Hidden names count only behind a dot.
    """
    head, slash, beginning = typed.rpartition("/")
    try:
        folder = Path(head + slash if slash else ".").expanduser()
        with os.scandir(folder) as entries:
            found = [
                one.name + ("/" if one.is_dir() else "")
                for one, _number in zip(entries, range(_MOST), strict=False)
                if one.name.startswith(beginning)
                and (beginning.startswith(".") or not one.name.startswith("."))
                and (one.is_dir() or one.name.casefold().endswith(endings))
            ]
    except (OSError, ValueError, RuntimeError):  # not there, not ours, no path at all, or nobody's home
        return typed
    return head + slash + os.path.commonprefix(found) if found else typed  # noqa: RUF071 - letter by letter is what is wanted
