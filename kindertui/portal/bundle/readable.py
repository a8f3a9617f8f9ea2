"""Writes the part of a bundle that people read: a page per child and day.csv, in the portal's language and words."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from msgspec import Struct

from kindertui.data.connection import Connection
from kindertui.data.queries import child, location
from kindertui.data.queries import day as log
from kindertui.data.queries.absences import absence as one_absence
from kindertui.domain.absences import Absence
from kindertui.domain.daylog import Entry
from kindertui.domain.delivery import HTML
from kindertui.domain.people import Child
from kindertui.phrases.pages import PageWords, html_page, html_text

Days = Mapping[str, set[str] | None]  # by child id; None: every day of the period
MayLeave = Callable[[Entry], bool]

# A spreadsheet takes a cell that begins with one of these for a formula (CWE-1236); the full-width forms as well.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "table{border-collapse:collapse;width:100%}td{padding:.2rem .8rem .2rem 0;vertical-align:top}"
    "td:first-child{white-space:nowrap;color:#555}h2{margin-top:2rem;font-size:1.1rem}pre{white-space:pre-wrap;font:inherit}"
)


class Readable(Struct, frozen=True):
    """What the pages are made from: one snapshot, the days of each child, what may leave of a day's log."""

    db: Connection
    words: PageWords
    days: Days
    absences: Mapping[str, tuple[str, ...]]
    first: date
    last: date
    may_leave: MayLeave

    @property
    def children(self) -> tuple[str, ...]:
        """Whoever has anything in the bundle, in the order of ids."""
        return tuple(sorted({*self.days, *self.absences}))

    def page(self, child_id: str) -> tuple[bytes, int]:
        """One child's page, and how many entries are on it."""
        whose = child(self.db, child_id)
        name = whose.full_name if whose is not None else child_id
        entries = self._entries(child_id)
        parts = [f"<h1 dir=auto>{html_text(name)}</h1>"]
        for day, of_day in groupby(entries, key=lambda entry: entry.day):
            parts.append(f"<h2>{html_text(self.words.day(day))}</h2><table>")
            parts += [_row(*self._cells(entry)) for entry in of_day]
            parts.append("</table>")
        reports = self._absences(child_id)
        if reports:
            parts.append(f"<h2>{html_text(self.words.heading('absences'))}</h2><table>")
            parts += [_row(self._period(report), self.words.absence(report), "", report.reason) for report in reports]
            parts.append("</table>")
        if not entries and not reports:
            parts.append(f"<p>{html_text(self.words.heading('nothing'))}</p>")
        return self.html(name, "\n".join(parts)), len(entries) + len(reports)

    def csv(self) -> Iterator[bytes]:
        """All entries as one table; every cell is text to a spreadsheet.

        Where numbers have a decimal comma, spreadsheets expect a semicolon between the cells.
        """
        between = "," if self.words.language == "en" else ";"
        columns = ("day", "child", "what", "start", "end", "amount", "text")
        yield _csv_lines([[self.words.heading(name) for name in columns]], between)
        for child_id in sorted(self.days):
            whose: Child | None = child(self.db, child_id)
            name = whose.full_name if whose is not None else child_id
            yield _csv_lines((self._row(name, entry) for entry in self._entries(child_id)), between)

    def messages(self, lines: Iterable[bytes]) -> bytes:
        """The messages of the bundle on one page: what they say and to how many they go."""
        parts = [f"<h1>{html_text(self.words.heading('messages'))}</h1>"]
        for line in lines:
            data = json.loads(line)["data"]
            parts.append(f"<h2 dir=auto>{html_text(data['subject'])}</h2><pre dir=auto>{html_text(data['text'])}</pre>")
            parts.append(f"<p>{html_text(self.words.heading('recipients'))}: {len(data['to'])}</p>")
        return self.html(self.words.heading("messages"), "\n".join(parts))

    def html(self, title: str, body: str) -> bytes:
        """A whole page; `body` is made of escaped parts only."""
        return html_page(title, body, language=self.words.language, style=_STYLE).encode()

    def _entries(self, child_id: str) -> list[Entry]:
        if child_id not in self.days:
            return []
        days = self.days[child_id]
        first, last = self.first, self.last
        if days is not None:
            first, last = date.fromisoformat(min(days)), date.fromisoformat(max(days))
        found = log.entries(self.db, (child_id,), first, last, self._zone)
        return [one for one in found if (days is None or one.day.isoformat() in days) and self.may_leave(one)]

    def _absences(self, child_id: str) -> list[Absence]:
        ids = self.absences.get(child_id, ())
        return [found for id in ids if (found := one_absence(self.db, id, self._zone)) is not None]

    def _row(self, name: str, entry: Entry) -> list[str]:
        when = (f"{entry.start:%H:%M}", f"{entry.end:%H:%M}" if entry.end and not entry.not_slept else "")
        return [entry.day.isoformat(), name, self.words.what(entry), *when, self.words.amount(entry), entry.text]

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(location(self.db).timezone)

    def _cells(self, entry: Entry) -> tuple[str, str, str, str]:
        until = "–…" if entry.is_open else f"–{entry.end:%H:%M}" if entry.end and not entry.not_slept else ""
        times = f"{entry.start:%H:%M}{until}"
        return times, self.words.what(entry), self.words.amount(entry), entry.text

    def _period(self, absence: Absence) -> str:
        first = self.words.day(absence.first_day)
        if absence.last_day is None:
            return f"{first} – {self.words.heading('until_further_notice')}"
        return first if absence.last_day == absence.first_day else f"{first} – {self.words.day(absence.last_day)}"


def guard(cell: str) -> str:
    """A cell no spreadsheet takes for a formula: one that begins like one gets an apostrophe before it."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def no_html(entry: Entry) -> bool:
    """The same rule as for the records: what looks like HTML stays in the house."""
    return HTML.search(entry.text) is None


def _csv_lines(rows: Iterable[list[str]], between: str) -> bytes:
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter=between, lineterminator="\r\n")
    writer.writerows([guard(cell) for cell in row] for row in rows)
    return lines.getvalue().encode()


def _row(when: str, what: str, amount: str, text: str) -> str:
    cells = "".join(f"<td dir=auto>{html_text(cell)}</td>" for cell in (when, what, amount, text))
    return f"<tr>{cells}</tr>"
