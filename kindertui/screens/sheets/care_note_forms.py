"""The forms of the care notes: one for each kind of line, which writes what it was given."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, cast, get_args

from kindertui.data import agreements, care_notes, drafts
from kindertui.domain.care_notes import FACT_KINDS, CareNotes, printed_apart, typed_apart, typed_day
from kindertui.domain.people import Agreement, CareFact, FactKind, PickUp, Restriction, RestrictionKind
from kindertui.i18n import _
from kindertui.phrases import care_notes as words
from kindertui.phrases import numeric_day
from kindertui.screens.app_state import AppState
from kindertui.screens.drafts import SheetDraft
from kindertui.screens.sheets.form import Field, FormSheet, Wrong

Typed = Mapping[str, str]


class Forms:
    """The forms about one child. `saved` is called with what was saved, in words."""

    def __init__(self, state: AppState, found: CareNotes, saved: Callable[[str], None]) -> None:
        self._state = state
        self._found = found
        self._saved = saved
        self._child = found.child.id

    def fact(self, kind: FactKind, shown: CareFact | None = None) -> FormSheet:
        """A new fact, or one to change."""
        title = f"{words.fact_kind(kind)}: {self._found.child.full_name}"
        if shown is not None:
            fields = (Field("text", _("what"), value=shown.text),)
            return self._form(f"{kind}:{shown.id}", title, fields, care_notes.change_fact, shown, read=_fact)
        fields = (Field("text", _("what"), fact_example(kind)),)
        return self._form(f"{kind}:", title, fields, care_notes.add_fact, self._child, kind, read=_fact)

    def lift(self, held: Restriction) -> FormSheet:
        """Ending a restriction; asks why."""
        title = _("Lift this? {what}").format(what=words.restriction_words(held, self._guardian_names))
        fields = (Field("reason", _("why"), _("court decision of 3 May, seen by me")),)

        def read(typed: Typed) -> tuple[dict[str, Any], str]:
            return {"reason": typed["reason"]}, _("restriction lifted")

        return self._form(f"lift:{held.id}", title, fields, care_notes.lift_restriction, held, read=read)

    def restriction(self, kind: str, guardian_id: str | None) -> FormSheet:
        """Holding a guardian back, or everybody (None)."""
        who = self._guardian_names.get(guardian_id or "") or _("everybody")
        what = words.restriction_kind(cast(RestrictionKind, kind))
        fields = (
            Field("reason", _("reason"), _("court order, seen by me")),
            Field("since", _("since"), _("3-5-2026; empty is today")),
        )

        def read(typed: Typed) -> tuple[dict[str, Any], str]:
            since = self._day(typed, "since") or self._today
            return {"reason": typed["reason"], "since": since}, f"{who}: {what}"

        title = f"{self._found.child.full_name} · {who}: {what}"
        place = f"{kind}:{guardian_id or ''}"
        return self._form(place, title, fields, care_notes.add_restriction, self._child, guardian_id, kind, read=read)

    def agreement(self, agreed_by: str, shown: Agreement | None = None) -> FormSheet:
        """A new agreement about a medicine, or one to change."""
        old = shown or Agreement("", self._child, "", self._today)
        fields = (
            Field("medicine", _("medicine"), _("as it stands on the box"), old.medicine),
            Field("dose", _("how much"), _("5 ml, one tablet"), old.dose),
            Field("apart", _("hours apart"), _("6; empty where it does not matter"), printed_apart(old.apart)),
            Field("first", _("from"), numeric_day(date(2026, 5, 3)), numeric_day(old.first_day)),
            Field("last", _("until"), _("10-5-2026; empty is until further notice"), numeric_day(old.last_day)),
            Field("agreed_by", _("agreed by"), _("the guardian's name"), agreed_by),
        )  # fmt: skip

        def read(typed: Typed) -> tuple[dict[str, Any], str]:
            try:
                apart = typed_apart(typed["apart"])
            except ValueError:
                raise Wrong(
                    "apart", _("Hours between two, as 6 or 4:30; leave it empty where it does not matter.")
                ) from None
            agreed = Agreement(
                old.id, self._child, typed["medicine"], self._day(typed, "first") or self._today,
                self._day(typed, "last"), apart, typed["dose"], typed["agreed_by"],
            )  # fmt: skip
            return {"agreed": agreed}, _("medicine: {what}").format(what=typed["medicine"])

        title = _("Medicine for {name}").format(name=self._found.child.full_name)
        if shown is not None:
            return self._form(f"medicine:{shown.id}", title, fields, agreements.change_agreement, shown, read=read)
        # by who agreed: a name that was just chosen is not written over by the one of another time
        return self._form(f"agreed:{agreed_by}", title, fields, agreements.add_agreement, read=read)

    def pick_up(self, shown: PickUp | None = None) -> FormSheet:
        """A person who may fetch the child, new or to be changed."""
        old = shown or PickUp("", self._child, "")
        fields = (
            Field("name", _("name"), _("Bep de Wit"), old.name),
            Field("relation", _("who that is"), _("grandmother, a neighbour"), old.relation),
            Field("phone", _("phone"), "06-…", old.phone),
            Field("first", _("from"), _("empty: from now on"), numeric_day(old.first_day)),
            Field("last", _("until"), _("3-5-2026; empty: no end"), numeric_day(old.last_day)),
        )

        def read(typed: Typed) -> tuple[dict[str, Any], str]:
            person = PickUp(
                old.id, self._child, typed["name"], typed["relation"], typed["phone"], self._day(typed, "first"),
                self._day(typed, "last"),
            )  # fmt: skip
            return {"person": person}, _("{name} may fetch").format(name=typed["name"])

        title = _("Who may fetch {name}?").format(name=self._found.child.full_name)
        if shown is not None:
            return self._form(f"fetches:{shown.id}", title, fields, agreements.change_pick_up, shown, read=read)
        return self._form("fetches:", title, fields, agreements.add_pick_up, read=read)

    # -- shared --------------------------------------------------------------------------------------------------

    @property
    def _guardian_names(self) -> dict[str, str]:
        return {one.guardian.id: one.guardian.name for one in self._found.guardians}

    @property
    def _today(self) -> date:
        return self._state.now().date()

    def _day(self, typed: Typed, field: str) -> date | None:
        try:
            return typed_day(typed[field], self._today)
        except ValueError:
            text = _("{text} is no day: type it as 3-5-2026, or leave it empty.").format(text=typed[field])
            raise Wrong(field, text) from None

    def _form(
        self,
        place: str,
        title: str,
        fields: Sequence[Field],
        fn: Callable[..., Any],
        *args: Any,
        read: Callable[[Typed], tuple[dict[str, Any], str]],
    ) -> FormSheet:
        """A form that keeps what is typed at `place` of this child; saving reads the fields and writes in one act."""
        draft = SheetDraft(self._state, self._places + place)

        async def save(typed: Typed) -> None:
            values, saved = read(typed)
            if self._state.actor is not None:
                await self._state.store.run(drafts.settling(fn, draft.place), self._state.actor, *args, **values)
                self._saved(saved)

        return FormSheet(title, fields, save, draft)

    @property
    def _places(self) -> str:
        return f"form:{self._child}:"

    def waiting(self) -> tuple[str, ...]:
        """The forms that can be opened here and hold what was not saved, in words, the latest first."""
        state, found = self._state, self._found
        if state.actor is None:
            return ()
        guardians = {"", *self._guardian_names}
        forms = {f"{kind}:{id}": words.restriction_kind(kind) for kind in get_args(RestrictionKind) for id in guardians}
        forms |= {f"lift:{one.id}": words.restriction_kind(one.kind) for one in found.restrictions}
        forms |= {f"{kind}:": words.fact_kind(kind) for kind in FACT_KINDS}
        forms |= {f"{one.kind}:{one.id}": words.fact_kind(one.kind) for one in found.facts}
        forms |= {f"agreed:{name}": _("medicine") for name in ("", *self._guardian_names.values())}
        forms |= {f"medicine:{one.id}": _("medicine") for one in found.agreements}
        forms |= {f"fetches:{id}": _("who may fetch") for id in ("", *(one.id for one in found.pick_ups))}
        left = state.drafts.places(state.actor.staff_id, self._places)
        here = [place.removeprefix(self._places) for place in left]
        return tuple(dict.fromkeys(forms[one] for one in here if one in forms))


def fact_example(kind: FactKind) -> str:
    """What a fact of this kind may say."""
    return {
        "allergy": _("cow milk, nuts"), "diet": _("halal, no pork"), "health": _("asthma, glasses"),
        "note": _("sleeps with a cuddly toy"),
    }[kind]  # fmt: skip


def _fact(typed: Typed) -> tuple[dict[str, Any], str]:
    return {"text": typed["text"]}, typed["text"]
