"""The table of figures: what each is called and what it must be. The works have theirs in `works.WORKS`."""

from benchmarks.measuring import Figure

FIRST_CONTENT = Figure("first content on screen, against a bare Textual app with an empty DataTable", 1.10, "×")
FILLED_ROSTER = Figure("roster filled, a year of history, against the same", 1.20, "×")
TODAY_JSON = Figure("`kindertui today --json`, whole process, against an interpreter that imports sqlite3", 6, "×")

PREVIEW = Figure(
    "a key on a line for all of 35 children until its preview is drawn, against a letter echoed by a bare Textual app",
    1.3,
    "×",
)
SAVED = Figure("Enter on an entry until `saved` is drawn, 95th percentile", 16.7, " ms")
SAVED_RATIO = Figure("the same, median, against a letter echoed by a bare Textual app", 2, "×")
PARSE = Figure("reading one line, 35 children, 99th percentile", 1, " ms")

CHILD_DAY = Figure("a child's day of 10 years × 10 children (176,000 entries), against one day of them", 1.3, "×")
CHILD_DAY_LONG = Figure(
    "a child's day of 10 years × 200 children (3.5 million entries), against one day of them", 1.3, "×"
)
EXPORT = Figure(
    "176,000 entries as records.jsonl, rows a second against the `sqlite3` program", 0.5, "×", at_least=True
)
EXPORT_LONG = Figure(
    "1 million entries as records.jsonl, rows a second against the `sqlite3` program", 0.5, "×", at_least=True
)
EXPORT_MEMORY = Figure("the same, peak memory", 80, " MB")

IMPORT = Figure("import of 5,000 children, whole process", 8, " s")
IMPORT_WAIT = Figure("the longest that somebody waits for an entry to be saved meanwhile", 500, " ms")
IMPORT_REFUSED = Figure("entries of them that were refused", 0, " entries")
FLIPPED_DATABASE = Figure("bits flipped in the database and read wrong in silence", 0, " bits")
FLIPPED_WAL = Figure("bits flipped in a WAL of which the start tells nothing", 0, " bits")
KILLED = Figure("programs killed while they save, take in or restore, of which something is lost or half", 0, " kills")
FAULTS = Figure("the same, of a disk on which every 8th call fails", 0, " faults")

BACKUP = Figure("a backup of a year of 35 children, opened again and replayed", 5, " s")
RESTORE = Figure("restoring it over what is here", 10, " s")

BURSTS = Figure("bursts over all places and sheets that end otherwise at full speed than with pauses", 0, " bursts")
KEYS_LEFT = Figure("keys of them that nobody handled", 0, " keys")
