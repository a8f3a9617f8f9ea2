"""Ids by nature: never another for the same thing, never one for two."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kindertui.domain.ids import NAMESPACE, by_nature

HERE = "01a22fb2-abc3-757d-9796-dc6917aa268b"
natures = st.lists(st.none() | st.text(max_size=4), max_size=4)


def test_an_id_that_was_given_once_is_given_for_ever() -> None:
    """What is written hangs on these: if one of them changes, every location has its menus twice."""
    assert NAMESPACE == "638fbf5d-b84f-4e95-88ea-59c11833f914"
    assert by_nature(HERE, "menu", "2026-11-20", None, "lunch") == "fb20a9ad-882e-513f-b127-cebd97433b8b"
    assert by_nature(HERE, "expansion", "bø") == "9071106f-0ee8-5672-ab0e-d34672bd1c6a"


@given(st.text(max_size=3), natures, st.text(max_size=3), natures)
def test_one_id_for_one_thing_and_no_two_things_of_one_id(
    kind: str, one: list[str | None], other_kind: str, other: list[str | None]
) -> None:
    id = by_nature(HERE, kind, *one)
    assert UUID(id).version == 5
    assert (id == by_nature(HERE, other_kind, *other)) is ((kind, one) == (other_kind, other))
    assert by_nature("elsewhere", kind, *one) != id


def test_parts_are_not_run_together() -> None:
    assert (
        len({by_nature(HERE, "x", *nature) for nature in (("a", "b"), ("ab",), ('a", "b',), (None,), ("",), ())}) == 6
    )
