"""A keyring in memory that can be locked, dismissed, silent or broken, as those of the system can."""

import threading

import keyring.core
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from kindertui.data import keyrings


class FakeKeyring(KeyringBackend):
    """`mood`: "open", "locked" (its window was dismissed), "asks" (its window waits) or "gone" (D-Bus is)."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.mood = "open"
        self.answered = threading.Event()
        self.asked = 0

    def get_password(self, service: str, username: str) -> str | None:
        self._answer()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._answer()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._answer()
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("not found")

    def _answer(self) -> None:
        self.asked += 1
        if self.mood == "locked":
            raise KeyringLocked("Failed to unlock the collection!")
        if self.mood == "gone":
            raise OSError("no D-Bus")
        if self.mood == "asks":
            self.answered.wait(30)


def install(monkeypatch: pytest.MonkeyPatch, *, trusted: bool = True) -> FakeKeyring:
    """Puts one in the place of the system's."""
    fake = FakeKeyring()
    monkeypatch.setattr(keyring.core, "_keyring_backend", fake)
    if trusted:
        monkeypatch.setattr(keyrings, "_TRUSTED", frozenset({FakeKeyring.__module__}))
    monkeypatch.setattr(keyrings, "SECONDS", 0.3)
    monkeypatch.setattr(keyrings, "QUICK", 0.3)
    return fake
