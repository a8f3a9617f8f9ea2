"""Drafts of the sheets: what is typed stays with whoever typed it until it is saved, through lock, Esc and the end."""

from kindertui.i18n import _
from kindertui.screens.app_state import AppState


class SheetDraft:
    """The draft of the person at the keyboard at one place (of the draft table); `text` as last kept."""

    def __init__(self, state: AppState, place: str) -> None:
        self._state, self._actor = state, state.actor
        self.place = place
        self.text = state.drafts.kept(self._actor.staff_id, place) if self._actor is not None else ""

    def keep(self, text: str) -> bool:
        """Keeps a text, or drops the draft with an empty one; says whether it was another one than before."""
        if self._actor is None or text == self.text:
            return False
        self.text = text
        self._state.drafts.keep(self._actor, self.place, text)
        return True

    def drop(self) -> None:
        """Drops the draft: what was typed is saved now."""
        if self._actor is not None:
            self.text = ""
            self._state.drafts.keep(self._actor, self.place, "")

    def settled(self) -> None:
        """What was typed was saved by a writer that drops the draft itself (`drafts.settling`)."""
        if self._actor is not None:
            self.text = ""
            self._state.drafts.forget(self._actor.staff_id, self.place)


def back_words() -> str:
    """What a sheet says that was opened with a draft in it."""
    return _("What you typed is back, not saved yet. ctrl+z takes it out.")
