"""A keyring in memory that can be locked, dismissed, silent or broken, as those of the system can."""

import threading
from typing import Any, ClassVar

import keyring.core
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from kindertui.data import keyrings


class FakeKeyring(KeyringBackend):
    """`mood`: "open", "locked" (its window was dismissed), "asks" (its window waits), "gone" (D-Bus is)
    or "forgetful"."""

    priority = 5

    one: ClassVar[Any] = None  # whoever makes one gets this

    def __new__(cls) -> "FakeKeyring":
        if cls.one is None:
            cls.one = super().__new__(cls)
            cls.one.begin()
        made: FakeKeyring = cls.one
        return made

    def begin(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.mood = "open"
        self.answered = threading.Event()
        self.asked = 0

    def get_password(self, service: str, username: str) -> str | None:
        self._answer()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._answer()
        if self.mood != "forgetful":
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
    FakeKeyring.one = None
    fake = FakeKeyring()
    name = f"{FakeKeyring.__module__}.{FakeKeyring.__qualname__}"
    monkeypatch.setattr(keyring.core, "load_config", lambda: None)
    if trusted:
        monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
        monkeypatch.setattr(keyrings, "_TRUSTED", ("keyring.backends.of_another_system.Keyring", name))
    else:
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", name)
    monkeypatch.setattr(keyrings, "SECONDS", 0.3)
    monkeypatch.setattr(keyrings, "QUICK", 0.3)
    return fake
