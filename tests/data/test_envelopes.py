"""Envelopes open for the way in and the purpose they were made for, and for nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindertui.data.envelopes import Unopened, unwrap, wrap

WAY = b"w" * 20
SECRET = bytes(range(64))
# An envelope of the first version of the program: it must open for ever.
KEPT = (
    "0194fa21ac4741745266bf1bb1e1cfada5943e8906e81bcb57d3e82e456ea9a712e7430352266be08350a69a4a7ee1f85212"
    "c141f4629c76797041f98daed6299764d3e8ec91f1e402d19de1d867c1c4683ec42892b1fc6ce6acaf130368459959"
)


@given(st.binary(max_size=200), st.binary(min_size=20, max_size=64), st.binary(max_size=20))
def test_it_opens_again(secret: bytes, way_in: bytes, purpose: bytes) -> None:
    assert unwrap(wrap(secret, way_in, purpose), way_in, purpose) == secret


def test_no_two_are_alike_and_none_shows_its_secret() -> None:
    made = {wrap(SECRET, WAY, b"recovery") for _ in range(20)}
    assert len(made) == 20
    assert len({one[17:] for one in made}) == 20
    assert not any(SECRET[:8] in one for one in made)


def test_another_way_in_or_purpose_does_not_open_it() -> None:
    made = wrap(SECRET, WAY, b"recovery")
    for way_in, purpose in ((b"v" * 20, b"recovery"), (WAY, b"keyring"), (WAY, b""), (WAY + b"w", b"recovery")):
        with pytest.raises(Unopened):
            unwrap(made, way_in, purpose)


@given(st.integers(min_value=0), st.integers(0, 7))
def test_a_flipped_bit_anywhere_does_not_open(at: int, bit: int) -> None:
    made = bytearray(wrap(SECRET, WAY, b"recovery"))
    made[at % len(made)] ^= 1 << bit
    with pytest.raises(Unopened):
        unwrap(bytes(made), WAY, b"recovery")


def test_cut_anywhere_it_does_not_open() -> None:
    made = wrap(SECRET, WAY, b"recovery")
    for length in range(len(made)):
        with pytest.raises(Unopened):
            unwrap(made[:length], WAY, b"recovery")
    with pytest.raises(Unopened):
        unwrap(made + b"\0", WAY, b"recovery")


def test_an_envelope_of_before_opens() -> None:
    assert unwrap(bytes.fromhex(KEPT), WAY, b"recovery") == SECRET
