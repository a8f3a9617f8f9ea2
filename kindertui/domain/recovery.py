"""The recovery key as people write it down and type it: groups of Crockford's base32, each with a check character.

The alphabet leaves out I, L, O and U (Douglas Crockford, "Base 32"); O is read as 0, I and L as 1, and case and what
stands between the groups are no matter. A group is four characters of the key and one that checks them. The check is
linear over GF(32), as in Reed-Solomon codes, and knows which group it stands in: one wrong character, two that changed
places and two groups that changed places are always found, and found in their group.
"""

import re
import secrets
from collections.abc import Sequence

BYTES = 20  # 160 bits: 32 characters of 5 bits
GROUPS = 8
_DATA = 4  # characters of the key in a group; one more checks them
_SIZE = _DATA + 1
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_POLYNOMIAL = 0b100101  # x⁵ + x² + 1, by which GF(32) is reckoned; x is the number 2 and makes them all


class Mistyped(Exception):
    """What was typed is no recovery key. `group`, from 1, is the first group that cannot be right; 0: there is more
    than a whole key.
    """

    def __init__(self, group: int) -> None:
        super().__init__("mistyped")  # never what was typed
        self.group = group


def new_recovery_key() -> bytes:
    """A new random key of BYTES bytes."""
    return secrets.token_bytes(BYTES)


def spoken(key: bytes) -> str:
    """The key as it is shown: eight groups of five characters with hyphens between. Raises ValueError for another
    length than BYTES.
    """
    if len(key) != BYTES:
        raise ValueError("a recovery key has 20 bytes")
    number = int.from_bytes(key, "big")
    places = GROUPS * _DATA
    values = [number >> 5 * (places - 1 - at) & 31 for at in range(places)]
    groups = (values[at : at + _DATA] for at in range(0, places, _DATA))
    return "-".join(
        "".join(_ALPHABET[value] for value in (*group, _check(group, at))) for at, group in enumerate(groups, 1)
    )


def read(text: str) -> bytes:
    """The key that was typed. Raises Mistyped, which names the group."""
    groups = _groups(text)
    number = 0
    for at, group in enumerate(groups[:GROUPS], 1):
        values = [_VALUES.get(character, -1) for character in group]
        if len(values) != _SIZE or -1 in values or values[_DATA] != _check(values[:_DATA], at):
            raise Mistyped(at)
        for value in values[:_DATA]:
            number = number << 5 | value
    if len(groups) != GROUPS:
        raise Mistyped(len(groups) + 1 if len(groups) < GROUPS else 0)
    return number.to_bytes(BYTES, "big")


def _groups(text: str) -> list[str]:
    """As they were typed where they are groups of the right length but for a mistake; else cut anew."""
    typed = re.findall(r"[^\W_]+", text.upper())  # whatever stands between groups in a letter or a document
    if len(typed) == GROUPS or (typed and all(len(group) == _SIZE for group in typed)):
        return typed
    run = "".join(typed)
    return [run[at : at + _SIZE] for at in range(0, len(run), _SIZE)]


def _check(values: Sequence[int], group: int) -> int:
    """What makes values and check, as a polynomial with the group's number as its last term, vanish at x = 2."""
    total = group
    for value in values:
        total = _doubled(total) ^ value
    return _doubled(total)


def _doubled(value: int) -> int:
    value <<= 1
    return value ^ _POLYNOMIAL if value & 32 else value
