"""The numbers of the rules of plausibility, as a profile gives them (`[plausibility]`, each table with its source)."""

from msgspec import Struct


class Limits(Struct, frozen=True):
    """Spans in whole minutes, temperatures in °C, what was drunk in ml."""

    ahead: int  # so far a time may lie before the clock of this machine
    slip: int  # so long after a departure it is a slip of the clock, and later nobody is there
    temperature: tuple[float, float]  # outside no thermometer shows it of a living child
    temperature_likely: tuple[float, float]  # outside it is asked
    millilitres: int  # nobody drinks more at once
    bottle: int  # the largest common feeding bottle
    bottle_apart: int  # sooner it is likely the same bottle twice
    medicine_apart: int  # between two of one medicine, where the agreement gives none
    sleep: int  # a longer one is mostly a forgotten end
    meal: int  # a longer meal or drink is mostly a mistyped end
    most: int  # nothing lasts longer
    meals_again: frozenset[str]  # meals of which a child has two in a day
