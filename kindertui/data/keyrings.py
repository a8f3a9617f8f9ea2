"""The system's keyring: what it keeps for a location, asked for in bounded time.

Only keyrings of the system itself are trusted: the Secret Service, KWallet, the keychain of macOS. Others keep plain
text, keep nothing, or ask on the terminal, and are as good as none. A keyring may wait for ever for a password, in a
window nobody sees: it is asked in a thread of its own, which is left behind then.
"""

import contextlib
import queue
import sys
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from kindertui.domain.faults import DatabaseFault

T = TypeVar("T")

SECONDS = 20.0  # time to type a password into the keyring's own window
QUICK = 4.0  # an open keyring answers in a tenth of a second, and nobody should have to wait for the choice of a way in
_SERVICE = "kindertui"
# the keyrings of a system, the one that is asked first at the front; no others of the package are loaded, nor plugins
_TRUSTED: tuple[str, ...] = (
    ("keyring.backends.macOS.Keyring",)
    if sys.platform == "darwin"
    else ("keyring.backends.SecretService.Keyring", "keyring.backends.kwallet.DBusKeyring")
)
_LOCKED = frozenset({"KeyringLocked", "InitError", "LockedException", "PromptDismissedException"})


def get(name: str, *, patient: bool = True) -> bytes:
    """What is kept under a name. Raises DatabaseFault: `db_keyring_missing`, `db_keyring_locked`, `db_keyring_asks`
    when it did not answer in time (SECONDS where `patient`, else QUICK), or `db_keyring_empty` when it has nothing of
    that name.
    """
    kept = _ask(lambda keyring: keyring.get_password(_SERVICE, name), patient)
    try:
        return bytes.fromhex(kept or "-")
    except ValueError:
        raise DatabaseFault("db_keyring_empty") from None


def put(name: str, secret: bytes, *, patient: bool) -> None:
    """Keeps a secret under a name, and makes sure by reading it back. Raises DatabaseFault as `get` does."""
    _ask(lambda keyring: keyring.set_password(_SERVICE, name, secret.hex()), patient)
    if get(name, patient=patient) != secret:
        raise DatabaseFault("db_keyring_empty")


def forget(name: str) -> None:
    """Takes away what is kept under a name. Raises DatabaseFault as `get` does."""
    _ask(lambda keyring: keyring.delete_password(_SERVICE, name), patient=False)


def _ask(question: Callable[[Any], T], patient: bool) -> T:
    answers: queue.SimpleQueue[tuple[bool, Any]] = queue.SimpleQueue()

    def work() -> None:
        try:
            answers.put((True, question(_trusted())))
        except Exception as error:  # each backend has errors of its own, down to those of D-Bus
            answers.put((False, error))

    threading.Thread(target=work, name="keyring", daemon=True).start()  # the process does not wait for it at its end
    try:
        answered, answer = answers.get(timeout=SECONDS if patient else QUICK)
    except queue.Empty:
        raise DatabaseFault("db_keyring_asks") from None
    if not answered:
        locked = _LOCKED.intersection(kind.__name__ for kind in type(answer).__mro__)
        raise DatabaseFault("db_keyring_locked" if locked else "db_keyring_missing") from None
    return answer  # type: ignore[no-any-return]


def _trusted() -> Any:
    """The system's keyring, or the one of these that somebody chose for `keyring`. Raises LookupError for none."""
    from keyring import core  # a tenth of a second, and D-Bus with it

    if chosen := core.load_env() or core.load_config():
        kind = type(chosen)
        if f"{kind.__module__}.{kind.__qualname__}" in _TRUSTED:
            return chosen
        raise LookupError("a keyring that is not the system's")
    for name in _TRUSTED:
        with contextlib.suppress(Exception):  # each says in its own way that it is not on this system
            return core.load_keyring(name)
    raise LookupError("no keyring of the system")
