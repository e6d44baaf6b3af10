"""Passwords: argon2 away from the event loop, and how strong one must be.

Strength is an estimate of the bits that a guesser has to try: characters that count, times the bits per character of
the alphabets in use. Characters that merely continue a repetition or a run ("aaaa", "4567", "asdf") do not count.
"""

import asyncio
import math
import string
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MAX_LENGTH: Final = 64
MIN_ENTROPY_BITS: Final = 52
CONCURRENT_HASHES: Final = 2
"""Each one holds 64 MiB and a processor for some tens of milliseconds; further ones wait."""

_ROWS: Final = ("abcdefghijklmnopqrstuvwxyz", "0123456789", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_ALPHABETS: Final = (
    ("!@$&*", 5, "special characters"),
    ("_-., ", 5, "special characters"),
    ("\"#%'()+/:;<=>?[\\]^{|}~`", 23, "special characters"),
    (string.ascii_lowercase, 26, "lowercase letters"),
    (string.ascii_uppercase, 26, "uppercase letters"),
    (string.digits, 10, "digits"),
)

_hasher = PasswordHasher()
_threads = ThreadPoolExecutor(CONCURRENT_HASHES, thread_name_prefix="password")


async def hash_password(password: str) -> str:
    """The argon2id hash to store."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _hasher.hash, _bytes(password))


async def verify_password(stored_hash: str | None, password: str) -> bool:
    """Whether the password belongs to the hash. Without a hash (unknown user, no password) it is False after the same
    work, so that the time does not tell which accounts exist."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _verify, stored_hash, _bytes(password))


def needs_rehash(stored_hash: str) -> bool:
    """Whether a hash was made with other parameters than are used now; decided without work."""
    return _hasher.check_needs_rehash(stored_hash)


def check_strength(password: str) -> str | None:
    """Why a password is refused, or None when it is good enough (contract/limits.yaml: 64 characters, 52 bits)."""
    if len(password) > MAX_LENGTH:
        return f"Password must be no longer than {MAX_LENGTH} characters."
    if entropy_bits(password) >= MIN_ENTROPY_BITS:
        return None
    missing = _missing_alphabets(password)
    if not missing:
        return "Password is too easy to guess: make it longer."
    return f"Password is too easy to guess: make it longer or add {' or '.join(missing)}."


def entropy_bits(password: str) -> float:
    """Estimated bits of a password; 0.0 for an empty one."""
    if not password:
        return 0.0
    used = set(password)
    base = sum(size for characters, size, _ in _ALPHABETS if used & set(characters))
    base += len(used - {character for characters, _, _ in _ALPHABETS for character in characters})
    return _counting_length(password) * math.log2(base)


def _counting_length(password: str) -> int:
    """Characters without those that continue a repetition or a run of a row beyond its second character."""
    count = min(len(password), 2)
    steps = [_step(left, right) for left, right in pairwise(password)]
    for before, step in pairwise(steps):
        if step is None or step != before:
            count += 1
    return count


def _step(left: str, right: str) -> tuple[int, int] | None:
    """How two neighbours continue each other: (row, direction) or a repetition; None when they do not."""
    left, right = left.lower(), right.lower()
    if left == right:
        return (-1, 0)
    for number, row in enumerate(_ROWS):
        position, following = row.find(left), row.find(right)
        if position >= 0 and following >= 0 and abs(following - position) == 1:
            return (number, following - position)
    return None


def _missing_alphabets(password: str) -> list[str]:
    present = {label for characters, _, label in _ALPHABETS if set(password) & set(characters)}
    return [label for label in dict.fromkeys(label for _, _, label in _ALPHABETS) if label not in present]


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")


@cache
def _hash_of_nobody() -> str:
    return _hasher.hash("nobody has this password")


def _verify(stored_hash: str | None, password: bytes) -> bool:
    # Made by the first call whatever it is about: an unknown user must not be the one who waits for it.
    nobody = _hash_of_nobody()
    try:
        matches = _hasher.verify(stored_hash or nobody, password)
    except (VerificationError, InvalidHashError):
        return False
    return matches and stored_hash is not None
