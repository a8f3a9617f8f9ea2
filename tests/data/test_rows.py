"""A new record written as one row: what is checked, written and journaled is what the mapper would have made of it."""

import json
from collections.abc import Sequence
from typing import Annotated, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from kindertui.data import journal, models, rows, verify
from kindertui.data.act import Actor, Tx
from kindertui.data.models import RECORDS, Record
from kindertui.data.rows import Planned
from kindertui.data.store import Store
from tests.conftest import People

# Something that fits for every field of every record, and much that does not.
POOL: tuple[Any, ...] = (
    None, True, False, 0, 3, -1, "3", "yes", 3.0, 0.25, 120, "1.5", "08:00", "08:00:30", "25:00", "2026-11-20",
    "20261120", "2026-02-31", "", "  Søren\u202e \x1b[31m", "a\nb", "x" * 301, "x" * 5000, {}, [], ["b", "a"], ("a",),
    {"offered": 210, "late": None, "ø": [1.5, "\u2028"], "menu": True},
)  # fmt: skip


class TakenBack(Exception):
    """So that nothing of an act stays; what both ways refused, if they did."""

    def __init__(self, wrong: Sequence[tuple[Any, str]] = ()) -> None:
        super().__init__()
        self.wrong = wrong


def fitting(model: type[Record]) -> dict[str, list[Any]]:
    found = {}
    for name, field in model.model_fields.items():
        kind: Any = Annotated[field.annotation, *(*field.metadata, None)]
        checked: TypeAdapter[Any] = TypeAdapter(kind)
        found[name] = [value for value in POOL if accepted(checked, value)]
    return found


def accepted(checked: TypeAdapter[Any], value: Any) -> bool:
    try:
        checked.validate_python(value)
    except ValidationError:
        return False
    return True


FITTING = {kind: fitting(model) for kind, model in RECORDS.items()}
WRONG = {
    kind: {name: [one for one in POOL if not any(one is good for good in fits)] for name, fits in of.items()}
    for kind, of in FITTING.items()
}


@st.composite
def given_values(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    kind = draw(st.sampled_from(sorted(RECORDS)))
    values: dict[str, Any] = {"id": "one"}
    anything = draw(st.booleans())
    for name, field in RECORDS[kind].model_fields.items():
        wrong = anything and WRONG[kind][name] and draw(st.integers(0, 7)) == 7
        if name == "id" or not (wrong or field.is_required() or draw(st.booleans())):
            continue
        values[name] = draw(st.sampled_from((WRONG if wrong else FITTING)[kind][name]))
    return kind, values


def wrong_of(error: ValidationError) -> list[tuple[Any, str]]:
    return [(one["loc"], one["type"]) for one in error.errors()]


def stored(tx: Tx, kind: str) -> tuple[list[tuple[str, type, Any]], list[Any]]:
    """The row as the driver gives it, and what the journal says of it (all but the place in the chain)."""
    found = tx.db.execute(f"SELECT * FROM {kind} WHERE id = 'one'")
    names = [one[0] for one in found.description]
    (row,) = found.fetchall()
    told = tx.db.execute(
        "SELECT act, verb, undoes, at, actor_id, workstation, kind, record_id, child_id, rev, old, new FROM journal"
        " WHERE act = ?",
        (tx.act,),
    ).fetchall()
    return [(name, type(value), value) for name, value in zip(names, row, strict=True)], told


def both_ways(tx: Tx, kind: str, values: dict[str, Any]) -> None:
    """Writes it as a row and by the mapper; then takes everything back."""
    model = RECORDS[kind]
    tx.db.execute("PRAGMA defer_foreign_keys = ON")  # whom it points at is not the question here
    tx.db.execute("SAVEPOINT one")
    try:
        meant = model.model_validate(values)
    except ValidationError as error:
        with pytest.raises(ValidationError) as found:
            tx.add(model, **values)
        assert wrong_of(found.value) == wrong_of(error)
        raise TakenBack(wrong_of(error)) from None
    made = tx.add(model, **values)
    assert made.model_dump() == meant.model_dump()
    as_row = stored(tx, kind)
    read = tx.get(model, "one")
    assert type(read) is model and read.model_dump() == meant.model_dump()
    tx.session.expunge_all()
    tx.db.execute("ROLLBACK TO one")
    tx.session.add(meant)
    tx.flush()
    assert as_row == stored(tx, kind)
    (told,) = as_row[1]
    assert json.loads(told[-1]) == meant.model_dump() and list(json.loads(told[-1])) == sorted(meant.model_dump())
    tx.session.expunge_all()
    raise TakenBack


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_values())
def test_a_row_is_what_the_mapper_would_write(store: Store, ina: Actor, record: tuple[str, dict[str, Any]]) -> None:
    before = journal.head(store.reader)
    with pytest.raises(TakenBack):
        store.call(both_ways, ina, *record)
    assert journal.head(store.reader) == before


@st.composite
def given_changes(draw: st.DrawFn) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """A record that can be written, and a few fields of it that are changed to what fits: none that is said once."""
    kind = draw(st.sampled_from(sorted(RECORDS)))
    fits = FITTING[kind]
    values = {name: draw(st.sampled_from(fits[name])) for name in fits if name not in ("id", "rev")}
    rule = RECORDS[kind].merge
    free = values.keys() - rule.fixed - ({"deleted"} if rule.add_only else set())
    named = draw(st.lists(st.sampled_from(sorted(free)), min_size=1, max_size=4, unique=True))
    return kind, {**values, "id": "one"}, {name: draw(st.sampled_from(fits[name])) for name in named}


def changed_both_ways(tx: Tx, kind: str, values: dict[str, Any], changes: dict[str, Any]) -> None:
    model = RECORDS[kind]
    tx.db.execute("PRAGMA defer_foreign_keys = ON")
    tx.write([Planned(model, rows.checked(model, values), new=True)])
    tx.db.execute("SAVEPOINT one")
    (read,) = rows.read_rows(tx.db, model, "WHERE id = ?", "one")
    record = tx.get(model, "one")
    assert record is not None and read.values == record.model_dump()
    fields = read.change(**changes)
    tx.write([read])
    as_rows = stored(tx, kind)
    assert [bool(json.loads(row[-1]).keys() - {"rev"}) for row in as_rows[1]] == [True] * (2 if fields else 1)
    tx.write([read])  # once written, nothing is left of it
    assert stored(tx, kind) == as_rows
    tx.db.execute("ROLLBACK TO one")
    tx.change(record, **changes)
    tx.flush()
    assert as_rows == stored(tx, kind)
    tx.session.expunge_all()
    raise TakenBack


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_changes())
def test_a_change_is_what_the_mapper_would_write(
    store: Store, ina: Actor, change: tuple[str, dict[str, Any], dict[str, Any]]
) -> None:
    with pytest.raises(TakenBack):
        store.call(changed_both_ways, ina, *change)


@pytest.mark.parametrize("kind", sorted(RECORDS))
def test_every_kind_of_record_can_be_written_with_no_more_than_it_needs(store: Store, ina: Actor, kind: str) -> None:
    needed = {name: FITTING[kind][name][0] for name, field in RECORDS[kind].model_fields.items() if field.is_required()}
    with pytest.raises(TakenBack) as found:
        store.call(both_ways, ina, kind, {**needed, "id": "one"})
    assert found.value.wrong == ()
    for name in needed.keys() - {"id"}:
        left = {each: value for each, value in needed.items() if each != name}
        with pytest.raises(TakenBack) as found:
            store.call(both_ways, ina, kind, {**left, "id": "one"})
        assert found.value.wrong == [((name,), "missing")]


def test_what_was_just_added_is_changed_as_any_record(store: Store, ina: Actor, people: People) -> None:
    def act(tx: Tx) -> str:
        made = tx.add(models.CareFact, child_id=people.children["Aya"], kind="diet", text="one")
        assert rows.model_of(made) is models.CareFact
        with pytest.raises(ValidationError, match="frozen"):
            made.text = "by hand"
        changed = tx.change(made, text="two")
        assert (type(changed), changed.text, made.text) == (models.CareFact, "two", "one")
        assert tx.change(made, text="two") is changed, "the record is what it is by now, whoever still holds the first"
        return made.id

    before = journal.head(store.reader)[0]
    made = store.call(act, ina)
    found = store.reader.execute("SELECT rev, record_id, old, new FROM journal WHERE seq > ?", (before,)).fetchall()
    assert [row[:2] for row in found] == [(1, made), (2, made)]
    assert [json.loads(found[1][n]) for n in (2, 3)] == [{"rev": 1, "text": "one"}, {"rev": 2, "text": "two"}]
    assert store.reader.execute("SELECT text, rev FROM care_fact WHERE id = ?", (made,)).fetchone() == ("two", 2)
    assert verify.first_break(store.reader) is None
