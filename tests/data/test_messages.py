"""Messages: who gets one and who is held back, what the guard stops, threads, drafts, and what comes in."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kindertui.data import care_notes, drafts, messages, models, undo
from kindertui.data.act import Actor, Tx
from kindertui.data.queries import history, location
from kindertui.data.queries import messages as queries
from kindertui.data.store import Store
from kindertui.domain.faults import Refused
from kindertui.domain.messages import Message
from kindertui.domain.policy import Policy
from kindertui.portal import profile
from tests.conftest import People, receive_message
from tests.today import today

ZONE = ZoneInfo("Europe/Amsterdam")
OPEN = profile.load("open")
NOW = datetime.now(UTC).replace(microsecond=0)
Sender = Callable[..., Message]
GOOD = "Zullen we volgende week even bellen?"


@pytest.fixture
def send(store: Store, people: People, ina: Actor) -> Sender:
    def call(body: str = GOOD, to: str = "Aya", policy: Policy = OPEN, by: Actor = ina, **given: Any) -> Message:
        own = {name: given.pop(name) for name in ("again", "override", "shown") if name in given}
        new = {"audience": "child", "audience_id": people.children.get(to, to), "subject": "gesprek", **given}
        return store.call(messages.queue, by, messages.NewMessage(body=body, **new), policy=policy, **own)

    return call


@pytest.fixture
def receive(store: Store, people: People, ina: Actor) -> Sender:
    def call(body: str = "Kan Aya morgen later komen?", child: str = "Aya", **given: Any) -> Message:
        return receive_message(store, ina, people.children.get(child, child), body, **{"at": NOW, **given})

    return call


def refusal(call: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as caught:
        call()
    assert caught.value.rule in messages.RULES
    return caught.value


def seq(store: Store) -> int:
    return int(store.reader.execute("SELECT max(seq) FROM journal").fetchone()[0])


# Who gets it


def test_it_goes_to_whom_the_screen_has_shown_or_not_at_all(
    send: Sender, store: Store, people: People, ina: Actor
) -> None:
    """Compared within the act: between looking and Enter somebody may have been held back."""
    aya, sara = people.children["Aya"], people.guardians["Sara Bakker"]
    shown = queries.audience_of(store.reader, "child", aya, OPEN, "nl")
    store.call(care_notes.add_restriction, ina, aya, sara, "contact", "beschikking", today())
    before = seq(store)
    assert refusal(lambda: send(shown=shown)).rule == "audience_changed"
    assert seq(store) == before
    store.call(undo.undo, ina)
    assert send(shown=shown).state == "queued"


def test_a_message_is_queued_with_who_gets_it_and_who_is_held_back(send: Sender, store: Store, people: People) -> None:
    sent = send()
    assert (sent.state, sent.direction, sent.by, sent.body, sent.language) == ("queued", "out", "Ina", GOOD, "nl")
    found = queries.recipients(store.reader, sent.id)
    assert {one.guardian: one.held_back for one in found} == {"Sara Bakker": "", "Tom Bakker": "contact_restricted"}
    assert {one.child for one in found} == {"Aya Bakker"}
    assert history.of_child(store.reader, people.children["Aya"], ZONE)[-1].verb == "queue"


def test_who_it_is_for_is_asked_of_the_database_when_it_is_queued(
    send: Sender, store: Store, people: People, ina: Actor
) -> None:
    before = queries.audience_of(store.reader, "child", people.children["Bram"], OPEN, "nl")
    assert [one.held_back for one in before] == [""]

    def restrict(tx: Tx) -> None:
        tx.add(
            models.Restriction, child_id=people.children["Bram"], guardian_id=people.guardians["Lies de Wit"],
            kind="contact", reason="court order", since="2026-01-05", author="Marit",
        )  # fmt: skip

    store.call(restrict, ina)
    problem = refusal(lambda: send(to="Bram"))
    assert (problem.rule, problem.args_["held_back"]) == ("nobody_to_reach", "1")


def test_a_letter_goes_to_each_guardian_of_the_group_once(
    send: Sender, store: Store, people: People, ina: Actor
) -> None:
    def brother(tx: Tx) -> None:
        tx.add(
            models.Guardianship, child_id=people.children["Bram"], guardian_id=people.guardians["Sara Bakker"], rank=2
        )

    store.call(brother, ina)
    sent = send("Vrijdag gaan we naar het bos.", people.groups["Vlinders"], audience="group")
    found = queries.recipients(store.reader, sent.id)
    assert sorted(one.guardian for one in found) == ["Lies de Wit", "Sara Bakker", "Tom Bakker"]
    place = location(store.reader).id
    assert queries.audience_of(store.reader, "location", place, OPEN, "nl") == found


def test_who_left_the_group_gets_no_letter(store: Store, people: People, ina: Actor) -> None:
    def leave(tx: Tx) -> None:
        child = tx.get(models.Child, people.children["Bram"])
        assert child is not None
        tx.change(child, last_day="2026-01-31")

    store.call(leave, ina)
    found = queries.audience_of(store.reader, "group", people.groups["Vlinders"], OPEN, "nl")
    assert {one.child for one in found} == {"Aya Bakker"}


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({"body": ""}, "message_empty"),
        ({"body": " \n\u200b "}, "message_empty"),
        ({"body": "x" * 20_001}, "text_too_long"),
        ({"subject": "x" * 4001}, "text_too_long"),
        ({"body": "\udc80"}, "text_not_unicode"),
        ({"to": "nobody"}, "audience_unknown"),
        ({"to": "nobody", "audience": "group"}, "audience_unknown"),
        ({"to": "nobody", "audience": "location"}, "audience_unknown"),
        ({"to": "Noor"}, "nobody_to_reach"),
        ({"thread_id": "none"}, "thread_unknown"),
    ],
)
def test_what_cannot_be_sent_leaves_nothing(send: Sender, store: Store, given: dict[str, Any], rule: str) -> None:
    before = seq(store)
    problem = refusal(lambda: send(**given))
    assert problem.rule == rule
    assert seq(store) == before
    assert "xxx" not in f"{problem}{problem.args_}"


# The guard


def test_what_the_guard_finds_stops_it_until_it_was_read(send: Sender, store: Store, people: People) -> None:
    before = seq(store)
    problem = refusal(lambda: send("Aya heeft koorts."))
    assert (problem.rule, problem.args_["categories"]) == ("guard_found", "health")
    assert seq(store) == before
    assert send("Aya heeft koorts.", override=True).state == "queued"


def test_the_same_message_to_the_same_people_within_the_hour_is_asked(send: Sender) -> None:
    first = send()
    found = refusal(send)
    assert (found.rule, found.args_["at"][:10]) == ("message_again", f"{first.at:%Y-%m-%d}")
    assert send(subject="ander").id and send(to="Bram").id, "other words, or other people, are another message"
    assert send(again=True).id != first.id


def test_the_subject_is_read_as_well(send: Sender) -> None:
    assert refusal(lambda: send(subject="koorts")).rule == "guard_found"


def test_only_a_manager_sends_what_the_policy_blocks(send: Sender, people: People) -> None:
    text = "Het BSN is 111222333."
    problem = refusal(lambda: send(text, override=True))
    assert (problem.rule, problem.args_["categories"]) == ("guard_blocked", "citizen_number")
    assert send(text, override=True, by=Actor(people.staff["Marit"], "Marit")).by == "Marit"


@pytest.mark.parametrize(
    ("to", "audience", "text", "named"),
    [
        ("Aya", "child", "Aya speelde buiten.", ()),
        ("Aya", "child", "Bram speelde buiten.", ("Bram",)),
        ("Emma", "child", "Emma speelde buiten.", ()),  # two children share that name
        ("Vlinders", "group", "Aya speelde buiten.", ("Aya",)),
    ],
)
def test_another_child_s_name(
    store: Store, people: People, to: str, audience: Any, text: str, named: tuple[str, ...]
) -> None:
    whose = {**people.children, **people.groups}[to]
    found = queries.findings_of(store.reader, audience, whose, "", text, OPEN, "nl")
    assert tuple(word for one in found for word in one.words) == named


# Threads and what comes in


def test_a_message_comes_in_unread_and_is_answered_by_a_message_in_its_thread(
    send: Sender, receive: Sender, store: Store
) -> None:
    came = receive(at=NOW - timedelta(hours=19))
    assert (came.state, came.direction, came.by) == ("unread", "in", "Sara Bakker")
    count, oldest = queries.unread(store.reader, ZONE)
    assert (count, oldest) == (1, came.at)
    answer = send(thread_id=came.thread_id)
    (thread,) = queries.threads(store.reader, ZONE)
    assert [one.id for one in thread.messages] == [came.id, answer.id]
    assert [one.state for one in thread.messages] == ["answered", "queued"]
    assert (thread.title, thread.subject, thread.unread) == ("Sara Bakker (Aya)", "gesprek", 0)
    assert queries.unread(store.reader, ZONE) == (0, None)


def test_an_answer_marks_only_what_came_in(send: Sender, receive: Sender, store: Store) -> None:
    ours = send()
    came = receive("graag", thread_id=ours.thread_id)
    send("tot dan", thread_id=came.thread_id)
    thread = queries.thread(store.reader, ours.thread_id, ZONE)
    assert thread is not None
    assert sorted((one.direction, one.state) for one in thread.messages) == [
        ("in", "answered"), ("out", "queued"), ("out", "queued"),
    ]  # fmt: skip


def test_what_came_in_and_was_taken_back_is_not_unread(receive: Sender, store: Store, ina: Actor) -> None:
    receive()
    store.call(undo.undo, ina)
    assert queries.unread(store.reader, ZONE) == (0, None)


def test_an_answer_never_goes_to_others_than_were_in_the_thread(
    send: Sender, receive: Sender, store: Store, people: People
) -> None:
    came = receive()
    before = seq(store)
    for to, audience in (("Bram", "child"), (people.groups["Vlinders"], "group")):
        problem = refusal(lambda to=to, audience=audience: send(to=to, audience=audience, thread_id=came.thread_id))  # type: ignore[misc]
        assert problem.rule == "thread_for_others"
    assert seq(store) == before


def test_threads_stand_latest_first_and_what_waits_stays_however_old(receive: Sender, store: Store, ina: Actor) -> None:
    old = receive("oud", at=NOW - timedelta(days=200))
    done = receive("klaar", at=NOW - timedelta(days=201))
    store.call(messages.mark, ina, done.id, "answered")
    parked = receive("later", at=NOW - timedelta(days=199))
    store.call(messages.mark, ina, parked.id, "parked")
    new = receive("nieuw", child="Bram", sender="Lies")
    found = queries.threads(store.reader, ZONE)
    assert [one.id for one in found] == [new.thread_id, parked.thread_id, old.thread_id]
    assert [one.title for one in found] == ["Lies (Bram)", "Sara Bakker (Aya)", "Sara Bakker (Aya)"]
    assert [one.subject for one in found] == ["nieuw", "later", "oud"]
    early = NOW - timedelta(days=300)
    assert [one.id for one in queries.threads(store.reader, ZONE, since=early)][-1] == done.thread_id


def test_a_group_s_letter_has_the_group_s_name_and_the_location_s_its_own(
    send: Sender, store: Store, people: People
) -> None:
    send("Vrijdag is er bos.", people.groups["Vlinders"], audience="group")
    send("Maandag zijn we dicht.", location(store.reader).id, audience="location")
    assert {one.title for one in queries.threads(store.reader, ZONE)} == {"Vlinders", "De Tuin"}


def test_a_long_message_is_shown_by_its_beginning(receive: Sender, store: Store) -> None:
    receive("woord " * 40 + "\nmeer")
    (thread,) = queries.threads(store.reader, ZONE)
    assert len(thread.subject) == 80
    assert thread.subject.endswith("…")


def test_what_comes_in_again_changes_nothing(receive: Sender, store: Store) -> None:
    first = receive(source_id="m-1")
    before = seq(store)
    assert receive("other", source_id="m-1") == first
    assert seq(store) == before


def test_a_portal_s_thread_is_one_of_ours_for_each_child(receive: Sender, send: Sender, people: People) -> None:
    one, two = receive(thread_id="t-9"), receive("en nog iets", thread_id="t-9")
    other = receive(thread_id="t-9", child="Bram")
    assert one.thread_id == two.thread_id != other.thread_id
    assert "t-9" not in (one.thread_id, other.thread_id)
    ours = send()
    assert receive("dank", thread_id=ours.thread_id).thread_id == ours.thread_id
    letter = send("Vrijdag is er bos.", people.groups["Vlinders"], audience="group")
    assert receive("leuk", thread_id=letter.thread_id).thread_id != letter.thread_id


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({"child": "nobody"}, "child_unknown"),
        ({"body": " "}, "message_empty"),
        ({"at": NOW + timedelta(hours=1)}, "message_in_future"),
        ({"body": "x" * 20_001}, "text_too_long"),
        ({"sender": "x" * 301}, "text_too_long"),
    ],
)
def test_what_cannot_come_in(receive: Sender, store: Store, given: dict[str, Any], rule: str) -> None:
    before = seq(store)
    assert refusal(lambda: receive(**given)).rule == rule
    assert seq(store) == before


def test_no_control_character_comes_in_and_lines_stay(receive: Sender) -> None:
    assert receive("een\r\n\x1b[2Jtwee\u202e").body == "een\n[2Jtwee"


def test_marking_what_came_in(receive: Sender, send: Sender, store: Store, ina: Actor) -> None:
    came = receive()
    assert store.call(messages.mark, ina, came.id, "read").state == "read"
    assert store.call(messages.mark, ina, came.id, "parked").state == "parked"
    before = seq(store)
    assert store.call(messages.mark, ina, came.id, "read").state == "parked"  # looking at it again changes nothing
    assert seq(store) == before
    assert [one.id for one in queries.threads(store.reader, ZONE)] == [came.thread_id]
    assert store.call(messages.mark, ina, came.id, "answered").state == "answered"
    store.call(undo.undo, ina)
    assert queries.message(store.reader, came.id, ZONE) is not None
    sent = send()
    assert refusal(lambda: store.call(messages.mark, ina, sent.id, "read")).rule == "not_incoming"
    assert refusal(lambda: store.call(messages.mark, ina, "none", "read")).rule == "message_unknown"


def test_a_message_that_was_taken_back_is_gone_with_its_recipients(send: Sender, store: Store, ina: Actor) -> None:
    sent = send()
    store.call(undo.undo, ina)
    assert queries.message(store.reader, sent.id, ZONE) is None
    assert queries.recipients(store.reader, sent.id) == ()
    assert queries.thread(store.reader, sent.thread_id, ZONE) is None
    assert queries.threads(store.reader, ZONE) == ()


def test_the_list_of_threads_walks_over_no_history(receive: Sender, store: Store) -> None:
    receive()
    statements: list[str] = []
    store.reader.set_trace_callback(statements.append)
    queries.threads(store.reader, ZONE)
    queries.unread(store.reader, ZONE)
    store.reader.set_trace_callback(None)
    about = [sql for sql in statements if "FROM message" in sql]
    plans = [str(row[3]) for sql in about for row in store.reader.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()]
    assert len(about) == 3
    assert [plan for plan in plans if plan.startswith("SCAN")] == []


# Drafts


def test_a_draft_is_kept_for_one_person_at_one_place_and_leaves_no_trace(
    store: Store, ina: Actor, people: People
) -> None:
    before = seq(store)
    for text in ("Zullen", "Zullen we\nbellen?"):
        store.call(drafts.keep, ina, "message:aya", text)
    assert drafts.kept(store.reader, ina.staff_id, "message:aya") == "Zullen we\nbellen?"
    assert drafts.kept(store.reader, ina.staff_id, "message:bram") == ""
    assert drafts.kept(store.reader, people.staff["Jayne"], "message:aya") == ""
    store.call(drafts.keep, ina, "message:aya", "  ")
    assert drafts.kept(store.reader, ina.staff_id, "message:aya") == ""
    assert seq(store) == before


def test_a_draft_outlives_the_program(store: Store, ina: Actor) -> None:
    store.call(drafts.keep, ina, "message:aya", "half")
    with Store(store.locations) as later:
        assert drafts.kept(later.reader, ina.staff_id, "message:aya") == "half"


def test_a_draft_goes_with_its_message_and_stays_when_it_was_refused(store: Store, people: People, ina: Actor) -> None:
    store.call(drafts.keep, ina, "message:aya", GOOD)
    send = drafts.settling(messages.queue, "message:aya")
    news = {body: messages.NewMessage("child", people.children["Aya"], "gesprek", body) for body in ("koorts", GOOD)}
    refusal(lambda: store.call(send, ina, news["koorts"], policy=OPEN))
    assert drafts.kept(store.reader, ina.staff_id, "message:aya") == GOOD
    assert store.call(send, ina, news[GOOD], policy=OPEN).state == "queued"
    assert drafts.kept(store.reader, ina.staff_id, "message:aya") == ""


def test_the_portal_s_own_language_is_the_message_s(send: Sender, tmp_path: Path) -> None:
    own = tmp_path / "profile.toml"
    own.write_text('language = "nb"\n', encoding="utf-8")
    assert send(policy=profile.load("open", own)).language == "nb"
