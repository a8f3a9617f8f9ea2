"""Writes a location's entries as records.jsonl, and prints the seconds it took and the peak of its memory in MB."""

import sys
import tempfile
import time
from pathlib import Path

from kindertui.data.queries.delivery import Choice, entry_lines
from kindertui.data.store import Store
from kindertui.locations import Locations
from kindertui.portal import profile
from kindertui.portal.bundle.write import pseudonyms

# not benchmarks.places, which imports the models: what they take is no part of an export's memory
home = Path(sys.argv[1])
place = Locations(data=home, config=home, state=home)
with Store(place) as store, tempfile.TemporaryFile() as out:
    choice = Choice(profile.load("open").shared)
    names = pseudonyms(store.reader, store.keys.database)
    start = time.perf_counter()
    for chunk in entry_lines(store.reader, choice, names):
        out.write(b"\n".join(one.line for one in chunk) + b"\n")
    took = time.perf_counter() - start
# VmHWM and not ru_maxrss, which a child process inherits from who started it
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(took, int(peak.split()[1]) / 1024)
