"""Credentials at rest: encrypted, rotated, never shown."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr

from palaver.auth.secrets import KEY_FILE, SecretBox, SecretKeysInvalid, SecretUnreadable, mask
from palaver.settings import Settings


def test_a_secret_comes_back_and_its_ciphertext_shows_nothing() -> None:
    box = SecretBox([Fernet.generate_key().decode()])
    ciphertext = box.encrypt("sk-secret-ключ")
    assert b"secret" not in ciphertext
    assert ciphertext != box.encrypt("sk-secret-ключ")
    assert box.decrypt(ciphertext) == "sk-secret-ключ"


def test_a_new_first_key_reads_old_secrets_and_rotates_them() -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    ciphertext = SecretBox([old]).encrypt("sk")
    both = SecretBox([new, old])
    assert both.decrypt(ciphertext) == "sk"
    rotated = both.rotate(ciphertext)
    assert SecretBox([new]).decrypt(rotated) == "sk"
    with pytest.raises(SecretUnreadable):
        SecretBox([new]).decrypt(ciphertext)
    with pytest.raises(SecretUnreadable):
        both.rotate(b"damaged")


def test_keys_of_the_environment_are_used(tmp_path: Path) -> None:
    keys = [Fernet.generate_key().decode() for _ in range(2)]
    box = SecretBox.load(Settings(secret_keys=SecretStr(f" {keys[0]}, {keys[1]},"), data_dir=tmp_path))
    assert SecretBox([keys[0]]).decrypt(box.encrypt("sk")) == "sk"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("keys", ["", " , ", "not-a-key", "c2hvcnQ="])
def test_bad_keys_stop_the_start_without_being_shown(keys: str, tmp_path: Path) -> None:
    with pytest.raises(SecretKeysInvalid) as caught:
        SecretBox.load(Settings(secret_keys=SecretStr(keys), data_dir=tmp_path))
    assert not keys.strip(" ,") or keys not in str(caught.value)
    assert str(caught.value).startswith("PALAVER_SECRET_KEYS: ")


def test_without_keys_a_private_key_file_is_made_once(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    ciphertext = SecretBox.load(settings).encrypt("sk")
    path = tmp_path / "data" / KEY_FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert SecretBox.load(settings).decrypt(ciphertext) == "sk"
    assert [entry.name for entry in path.parent.iterdir()] == [KEY_FILE]


def test_processes_that_start_together_agree_on_one_key(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    with ThreadPoolExecutor(8) as pool:
        boxes = list(pool.map(lambda _: SecretBox.load(settings), range(8)))
    ciphertext = boxes[0].encrypt("sk")
    assert {box.decrypt(ciphertext) for box in boxes} == {"sk"}
    assert [entry.name for entry in tmp_path.iterdir()] == [KEY_FILE]


def test_a_damaged_key_file_is_told_without_its_content(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_bytes(b"\xff\xfesecret\n")
    with pytest.raises(SecretKeysInvalid) as caught:
        SecretBox.load(Settings(data_dir=tmp_path))
    assert "secret\n" not in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path / KEY_FILE))


def test_a_mask_shows_the_ends_of_a_long_secret_only() -> None:
    assert mask("sk-ant-0123456789abcdef") == "sk-a…cdef"
    assert mask("short") == "…"
    assert mask("") == "…"
