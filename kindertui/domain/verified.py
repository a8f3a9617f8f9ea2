"""What a check of the database found: its pages, its chains, its records, and whether its end is there."""

from datetime import datetime

from msgspec import Struct


class Chain(Struct, frozen=True):
    """One origin's chain: how many rows it has here, and the arrival number of the first that does not follow."""

    origin: str
    rows: int
    broken_at: int | None

    @property
    def ok(self) -> bool:
        return self.broken_at is None


class Verified(Struct, frozen=True):
    """What was found. `differing` are the records, as (table, id), that are not what their rows add up to; None where
    the pages could not be read as far as that.
    """

    pages: bool
    chains: tuple[Chain, ...]
    differing: tuple[tuple[str, str], ...] | None

    @property
    def state(self) -> bool:
        return self.differing == ()

    @property
    def ok(self) -> bool:
        return self.pages and self.state and all(chain.ok for chain in self.chains)


class HeadCheck(Struct, frozen=True):
    """How the database stands to its head. `known` is whether there is one to compare with, whole and of this home.

    `missing_since` is the instant of the last entry before those that are missing, in the location's zone; None where
    none are.
    """

    known: bool
    missing_since: datetime | None = None

    @property
    def ok(self) -> bool:
        return self.missing_since is None
