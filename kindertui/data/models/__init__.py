"""The records, as SQLModel tables. Import this only in the database thread: it brings SQLAlchemy and pydantic.

Every record has a UUIDv7 `id`, a `rev` that counts from 1, and `deleted`: an edit or an undo deletes nothing, it marks.
Instants are Unix seconds in UTC (`tz` beside them where local time matters later); `day` and other civil dates are ISO
text. A table model validates nothing when it is built with its constructor: use `Tx.add`, which goes through
`model_validate`.
"""

from kindertui.data.models.days import Absence, Call, Effort, Entry, HeadCount, Menu, ShortWord
from kindertui.data.models.exchange import Bundle, Delivery, Draft, IdMap, Intake, Journal, Message, MessageTo
from kindertui.data.models.fields import Base, Record
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
    "RECORDS",
    "Absence",
    "Agreement",
    "Base",
    "Bundle",
    "Call",
    "CareFact",
    "CareGroup",
    "Child",
    "Consent",
    "Delivery",
    "Draft",
    "Effort",
    "Entry",
    "Guardian",
    "Guardianship",
    "HeadCount",
    "IdMap",
    "Intake",
    "Journal",
    "Location",
    "Menu",
    "Message",
    "MessageTo",
    "PickUp",
    "Record",
    "Restriction",
    "ShortWord",
    "Slot",
    "Staff",
]
