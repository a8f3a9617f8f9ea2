"""`make bench`: prints the table of figures, each measured in turn with what it is compared to, as medians of pairs."""

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

from benchmarks import backups, bit_flips, bursts, entry_line, history, kills, long_acts, start_up, works
from benchmarks.measuring import Row

Subject = Callable[[Path], Iterator[Row]]

SUBJECTS: Mapping[str, Subject] = {
    "start_up": start_up.measure,
    "entry_line": entry_line.measure,
    "works": works.measure,
    "history": history.measure,
    "long_acts": long_acts.measure,
    "backups": backups.measure,
}
# Subjects that take long, in the place of their shorter form where they have one.
LONG: Mapping[str, Subject] = {
    "history": history.measure_long,
    "bursts": bursts.measure_long,
    "bit_flips": bit_flips.measure_long,
    "kills": kills.measure_long,
}
ALL = {**SUBJECTS, **LONG}


def main() -> int:
    """Prints each row as soon as it is measured; says on stderr what took how long and what missed its bound."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--all", action="store_true", help="measure what takes long as well")
    parser.add_argument("subjects", nargs="*", metavar="subject", help=f"only these: {', '.join(ALL)}")
    arguments = parser.parse_args()
    subjects = ALL if arguments.all else SUBJECTS
    if unknown := set(arguments.subjects) - set(subjects):
        parser.error(f"no such subject: {', '.join(sorted(unknown))}")
    print(f"On {os.cpu_count()} cores, Python {platform.python_version()}, Textual {version('textual')}.", end="\n\n")
    print("| figure | must be | measured | range |\n| --- | --- | --- | --- |", flush=True)
    missed = []
    for name in arguments.subjects or subjects:
        start = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            for row in subjects[name](Path(folder)):
                print(row, flush=True)
                missed += [] if row.holds else [row.figure.name]
        print(f"{name}: {time.perf_counter() - start:.0f} s", file=sys.stderr)
    for figure in missed:
        print(f"missed: {figure}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
