"""palaver/contract/types.py says what openapi.yaml says."""

from pathlib import Path

import pytest

from palaver.contract import generate
from palaver.contract.loader import Contract, contract_path

SAMPLE = Path(__file__).with_name("sample.yaml")


def test_committed_types_are_current() -> None:
    assert generate.main(["--check"]) == 0


def test_stale_types_are_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stale = tmp_path / "types.py"
    stale.write_text("")
    monkeypatch.setattr(generate, "TYPES_PATH", stale)
    assert generate.main(["--check"]) == 1
    assert generate.main([]) == 0
    assert generate.main(["--check"]) == 0


def test_optional_keys_unions_and_nulls() -> None:
    text = generate.generate_types(SAMPLE)
    assert text == generate.generate_types(SAMPLE)
    assert "Part: TypeAlias = TextPart | FilePart" in text
    assert 'type: Literal["text"]' in text
    assert "mode: NotRequired[Mode | None]" in text
    assert "parent: Mode | None" in text


def test_contract_is_found_beside_the_checkout() -> None:
    assert contract_path() == Path(__file__).resolve().parents[2] / "openapi.yaml"


def test_dates_in_the_contract_stay_text(tmp_path: Path) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_text("example: 2026-08-01T10:00:00Z\n200: ok\n")
    assert Contract.load(path).document == {"example": "2026-08-01T10:00:00Z", "200": "ok"}


def test_a_reference_to_itself_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_text("a: {$ref: '#/b'}\nb: {c: {$ref: '#/b'}}\n")
    with pytest.raises(ValueError, match="leads to itself"):
        _ = Contract.load(path).resolved
