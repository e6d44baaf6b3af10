"""Which passwords are taken, and how they are checked."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaver.auth.passwords import check_strength, entropy_bits, hash_password, verify_password


@pytest.mark.parametrize(
    "password", ["SomeSecurePassword!", "correct horse battery", "x7Kp2mQz9v", "пароль-длинный", "A1b-" * 4]
)
def test_strong_passwords_are_taken(password: str) -> None:
    assert check_strength(password) is None


@pytest.mark.parametrize(
    "password", ["", "a", "password", "Passw0rd", "a" * 60, "abcdefghijklmnopqrstuvwxyz0123456789", "qwertyuiop1234567"]
)
def test_guessable_passwords_are_refused_with_a_reason(password: str) -> None:
    reason = check_strength(password)
    assert reason is not None
    assert reason.startswith("Password is too easy to guess")


def test_the_reason_names_what_would_help() -> None:
    assert check_strength("password") == (
        "Password is too easy to guess: make it longer or add special characters or uppercase letters or digits."
    )
    assert check_strength("aA1!") == "Password is too easy to guess: make it longer."


def test_a_password_has_at_most_64_characters() -> None:
    good = "kT7!" * 16
    assert check_strength(good) is None
    assert check_strength(good + "x") == "Password must be no longer than 64 characters."


@given(st.text(max_size=80), st.characters())
def test_a_longer_password_is_never_weaker(password: str, character: str) -> None:
    assert entropy_bits(password + character) >= entropy_bits(password) >= 0


async def test_only_the_right_password_verifies() -> None:
    stored = await hash_password("SomeSecurePassword!")
    assert stored.startswith("$argon2id$")
    assert await verify_password(stored, "SomeSecurePassword!")
    assert not await verify_password(stored, "SomeSecurePassword")
    assert not await verify_password("not a hash", "SomeSecurePassword!")


async def test_odd_characters_are_characters() -> None:
    password = "\0\ud800 nul and half a pair"
    assert await verify_password(await hash_password(password), password)


async def test_an_unknown_user_takes_the_same_work() -> None:
    stored = await hash_password("SomeSecurePassword!")

    async def fastest(stored_hash: str | None) -> float:
        times = []
        for _ in range(3):
            start = time.perf_counter()
            assert not await verify_password(stored_hash, "wrong")
            times.append(time.perf_counter() - start)
        return min(times)

    known, unknown = await fastest(stored), await fastest(None)
    assert unknown > known / 3
    assert not await verify_password(None, "nobody has this password")
