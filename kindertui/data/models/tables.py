"""All tables by name, so that the package can load them at once."""

from kindertui.data.models.days import Absence, Call, Effort, Entry, HeadCount, Menu, ShortWord
from kindertui.data.models.exchange import Bundle, Delivery, Draft, IdMap, Intake, Journal, Message, MessageTo
from kindertui.data.models.fields import Base, Record, refused_texts
from kindertui.data.models.people import (
    Agreement,
    CareFact,
    CareGroup,
    Child,
    Consent,
    Guardian,
    Guardianship,
    Location,
    PickUp,
    Restriction,
    Slot,
    Staff,
)

RECORDS: dict[str, type[Record]] = {
    str(model.__tablename__): model
    for model in (
        Location, CareGroup, Staff, Child, Slot, Guardian, Guardianship, Restriction, CareFact, Consent, Entry, Absence,
        Message, MessageTo, IdMap, ShortWord, Menu, Agreement, PickUp, HeadCount, Call,
    )
}  # fmt: skip

__all__ = [
    "RECORDS", "Absence", "Agreement", "Base", "Bundle", "Call", "CareFact", "CareGroup", "Child", "Consent",
    "Delivery", "Draft", "Effort", "Entry", "Guardian", "Guardianship", "HeadCount", "IdMap", "Intake", "Journal",
    "Location", "Menu", "Message", "MessageTo", "PickUp", "Record", "Restriction", "ShortWord", "Slot", "Staff",
    "refused_texts",
]  # fmt: skip
