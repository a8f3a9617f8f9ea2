"""The sample location of `kindertui demo`: made by a seeded generator, with dates relative to now.

Everything goes through the records and the journal as the program's own writing does. Nobody in it exists.
"""

import tomllib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from kindertui.data import journal, models
from kindertui.data.act import SYSTEM, Actor, Tx, new_id
from kindertui.data.clock import utc_now
from kindertui.data.creation import NewLocation, create, remove
from kindertui.data.queries import location
from kindertui.data.sample import inbox, log
from kindertui.data.sample.calendar import today
from kindertui.data.sample.people import YEAR, People, add_people
from kindertui.data.store import Store
from kindertui.domain.policy import Policy
from kindertui.locations import Locations

SEED = 1
WORKSTATION = "demo"
_WORDS = Path(__file__).parent / "words"
LANGUAGES = ("nl", "nb", "en")
_STEPS = 16  # people, up to thirteen months, absences, today


def make_sample(
    locations: Locations,
    *,
    policy: Policy,
    language: str = "nl",
    now: datetime | None = None,
    seed: int = SEED,
    days: int = YEAR,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Creates the location and fills it: `days` days of log, and today as far as it was lived at `now` (aware).

    `policy` is that of `profile_of` the language, by which the reports in it are judged. The same seed, language and
    `now` give the same location but for its ids and its key. `progress(done, of)` is called after every step. The
    sample is open on days on which a real location is closed too; at night nobody is there: see `calendar.shown_at`.

    Raises DatabaseFault("db_exists") when there is a database; ValueError for a `now` without zone or a language that
    has no words. A try that fails takes away what it made.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no sample in this language: {language}")
    now = utc_now() if now is None else now
    if now.tzinfo is None:
        raise ValueError("the sample's now needs a time zone")
    words = _words(language)
    create(locations, NewLocation(words["location"], words["profile"], language, words["timezone"]))
    try:
        with Store(locations) as store:
            _Filling(store, words, policy, now, seed, progress or (lambda done, of: None)).fill(days)
    except BaseException:
        remove(locations.database)
        locations.key.unlink(missing_ok=True)
        raise


def profile_of(language: str) -> str:
    """The id of the profile of the portal that the sample in this language runs."""
    return str(_words(language)["profile"])


def zone_of(language: str) -> ZoneInfo:
    """The zone of the sample in this language."""
    return ZoneInfo(_words(language)["timezone"])


def _words(language: str) -> dict[str, Any]:
    return {"language": language, **tomllib.loads((_WORDS / f"{language}.toml").read_text(encoding="utf-8"))}


class _Filling:
    """One run of the generator over an open store."""

    def __init__(
        self, store: Store, words: dict[str, Any], policy: Policy, now: datetime, seed: int,
        progress: Callable[[int, int], None],
    ) -> None:  # fmt: skip
        self.store, self.words, self.policy, self.progress = store, words, policy, progress
        self.zone = ZoneInfo(words["timezone"])
        self.today = today(now, self.zone)
        self.now = int(self.today.now.timestamp())
        self.seed = f"{seed}/{self.today.day}"
        self.system = Actor(SYSTEM, SYSTEM, WORKSTATION)
        self.done = 0

    def fill(self, days: int) -> None:
        people = self.store.call(self._people, self.system)
        self._step()
        post = inbox.Inbox(people, self.words, self._names(), self.today, self.zone, self.policy)
        past = post.past(self.seed)
        for month in log.history(people, self.words["day"], self.today, self.zone, self.seed, days):
            if month:
                self.store.call(log.add, self.system, month)
            self._step()
        self.store.call(inbox.report, self.system, past)
        self.store.call(_left_before, self.system, int((self.today.now - timedelta(days=1)).timestamp()))
        self._step()
        self._live_today(people, post)
        self.done = _STEPS - 1
        self._step()

    def _people(self, tx: Tx) -> People:
        log.when(tx, int((self.today.now - timedelta(days=YEAR)).timestamp()))
        return add_people(tx, self.words, self.today, Random(self.seed), self.policy.photo.scopes)  # noqa: S311 - made-up people

    def _live_today(self, people: People, post: inbox.Inbox) -> None:
        """The last days' and today's acts, each by whoever did it, in the order of the clock."""
        names = {id: name for group in people.staff for id, name in group} | {people.manager[0]: people.manager[1]}

        def actor(id: str) -> Actor:
            return Actor(id, names[id], WORKSTATION) if id else self.system

        call = self.store.call
        acts: list[tuple[int, Callable[[], None]]] = []
        entries = log.lived_today(people, self.words["day"], self.today, self.zone, self.seed)
        corrected = log.correction(entries, self.now)
        for by, together in log.acts(entries):
            acts.append((together[-1]["recorded_at"], partial(call, log.add, actor(by), together)))
        if corrected is not None:
            bottle, amount, at = corrected
            acts.append((at, partial(call, log.change, actor(bottle["by_id"]), bottle["child_id"], amount, at)))
        for by, report in post.waiting():
            acts.append((report["reported_at"], partial(call, inbox.report, actor(by), [report])))
        threads = {"child": new_id(), "group": new_id()}
        for at, by, message in post.messages():
            values = {**message, "thread_id": threads[message["thread_id"]]}
            language = self.words["language"]
            acts.append((at, partial(call, inbox.message, actor(by), at, by, values, self.policy, language)))
        for _, act in sorted(acts, key=lambda one: one[0]):
            act()

    def _names(self) -> dict[str, str]:
        return dict(self.store.reader.execute("SELECT id, name FROM guardian").fetchall())

    def _step(self) -> None:
        self.done = min(self.done + 1, _STEPS)
        self.progress(self.done, _STEPS)


def _left_before(tx: Tx, at: int) -> None:
    """Books the year before today as left, in one bundle: what waits for the portal is today's work."""
    upto, digest = journal.head(tx.connection)
    place = location(tx.connection).id[:8]
    name = f"{place}_{datetime.fromtimestamp(at, UTC):%Y%m%dT%H%M%SZ}_1.zip"
    records = tx.connection.execute("SELECT count(*) FROM entry WHERE share = 'guardians'").fetchone()[0]
    bundle = {"seq": 1, "created_at": at, "upto": upto, "name": name, "records": records, "whole": True}
    tx.session.add(models.Bundle.model_validate({**bundle, "digest": sha256(digest.encode()).hexdigest()}))
