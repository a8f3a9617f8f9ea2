"""A secret wrapped under a way in: a recovery key, or a secret that the system's keyring keeps.

An envelope is one byte of version, 16 of salt, and the secret under ChaCha20-Poly1305 (RFC 8439). Key and nonce come
from the way in by HKDF-SHA256 (RFC 5869) with that salt and the purpose, so no two envelopes share them, and one that
was made for one purpose does not open for another. A way in is random, of 160 bits at least: no password goes in here.
"""

import os

_VERSION = b"\x01"
_SALT = 16
_TAG = 16


class Unopened(Exception):
    """The envelope does not open: it is of another way in or another purpose, or it was cut short or altered."""


def wrap(secret: bytes, way_in: bytes, purpose: bytes) -> bytes:
    """An envelope with `secret` in it. `purpose` says what it is for, as b"recovery"; the same opens it again."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    salt = os.urandom(_SALT)
    key, nonce = _derived(way_in, salt, purpose)
    return _VERSION + salt + ChaCha20Poly1305(key).encrypt(nonce, secret, _VERSION + purpose)


def unwrap(envelope: bytes, way_in: bytes, purpose: bytes) -> bytes:
    """The secret in an envelope. Raises Unopened."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    salt, sealed = envelope[1 : 1 + _SALT], envelope[1 + _SALT :]
    if envelope[:1] != _VERSION or len(sealed) < _TAG:
        raise Unopened("no envelope")
    key, nonce = _derived(way_in, salt, purpose)
    try:
        return ChaCha20Poly1305(key).decrypt(nonce, sealed, _VERSION + purpose)
    except InvalidTag:
        raise Unopened("another way in") from None


def _derived(way_in: bytes, salt: bytes, purpose: bytes) -> tuple[bytes, bytes]:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    made = HKDF(SHA256(), length=44, salt=salt, info=b"kindertui envelope " + purpose).derive(way_in)
    return made[:32], made[32:]
