"""Stored credentials: encrypted with Fernet keys, newest first, so that a key can be replaced while in use."""

import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Self

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from palaver.settings import Settings

KEY_FILE: Final = "secret-keys"
"""Name of the key file in the data directory: one key a line, newest first, mode 0600."""

_MASK: Final = "…"


class SecretKeysInvalid(ValueError):
    """The configured keys are no Fernet keys (32 bytes in URL-safe Base64); the message holds none of them."""


class SecretUnreadable(Exception):
    """A stored secret was encrypted with a key that is no longer listed, or was damaged."""


class SecretBox:
    """Encrypts with the newest key, decrypts with any. The ciphertext tells nothing but its length and time."""

    def __init__(self, keys: Sequence[str]) -> None:
        try:
            fernets = [Fernet(key) for key in keys]
            self._fernet = MultiFernet(fernets)  # raises ValueError when there is none
        except ValueError:
            # Neither the text nor the chained error may show a key.
            raise SecretKeysInvalid(
                "a secret key is 32 bytes in URL-safe Base64; list one or more, the newest first."
            ) from None
        self._newest = fernets[0]

    @classmethod
    def load(cls, settings: Settings) -> Self:
        """The keys of `PALAVER_SECRET_KEYS`, else of the key file, which is made when there is none.

        Blocks on the file system: for start-up. Raises SecretKeysInvalid and OSError.
        """
        if settings.secret_keys is not None:
            source, listed = "PALAVER_SECRET_KEYS", settings.secret_keys.get_secret_value().split(",")
        else:
            path = _key_file(settings.data_dir)
            source, listed = str(path), path.read_text("ascii", errors="replace").split("\n")
        try:
            return cls([key.strip() for key in listed if key.strip()])
        except SecretKeysInvalid as error:
            raise SecretKeysInvalid(f"{source}: {error}") from None

    def encrypt(self, secret: str) -> bytes:
        """Ciphertext of a secret, different every time."""
        return self._fernet.encrypt(secret.encode())

    def decrypt(self, ciphertext: bytes) -> str:
        """The secret again; raises SecretUnreadable."""
        try:
            return self._fernet.decrypt(ciphertext).decode()
        except InvalidToken:
            raise SecretUnreadable("A stored secret cannot be decrypted with the configured keys.") from None

    def is_newest(self, ciphertext: bytes) -> bool:
        """Whether the newest key opens it."""
        try:
            self._newest.decrypt(ciphertext)
        except InvalidToken:
            return False
        return True

    def rotate(self, ciphertext: bytes) -> bytes:
        """The same secret under the newest key; raises SecretUnreadable."""
        try:
            return self._fernet.rotate(ciphertext)
        except InvalidToken:
            raise SecretUnreadable("A stored secret cannot be decrypted with the configured keys.") from None


def mask(secret: str) -> str:
    """A secret fit to be shown: enough to recognise a long one, nothing of a short one."""
    if len(secret) < 16:
        return _MASK
    return f"{secret[:4]}{_MASK}{secret[-4:]}"


def _key_file(data_dir: Path) -> Path:
    """The key file, made first if need be: whole or not at all, and only one of processes that start together wins."""
    path = data_dir / KEY_FILE
    if path.exists():
        return path
    data_dir.mkdir(parents=True, exist_ok=True)
    draft = data_dir / f".{KEY_FILE}-{secrets.token_hex(8)}"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(Fernet.generate_key() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)  # unlike a rename, this fails when another process was first
        except FileExistsError:
            return path
    finally:
        draft.unlink()
    directory = os.open(data_dir, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
    return path
