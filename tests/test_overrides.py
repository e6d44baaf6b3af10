"""Which model takes the place of another."""

import uuid

import pytest

from palaver.configuration.deployment_settings import DeploymentSettings
from palaver.configuration.overrides import Override, override_for, personal_override_for, read_override
from palaver.configuration.user_settings import UserSettings
from palaver.llm.catalog import ModelChoice, Models

OURS, THEIRS, DISABLED, GONE = (uuid.UUID(int=number) for number in range(1, 5))


def choice(config_id: uuid.UUID, *, enabled: bool = True) -> ModelChoice:
    return ModelChoice(
        config_id, "demo", "", enabled, False, 1000, 70, uuid.uuid4(), "demo", "demo", "Demo", True, "", False
    )


MODELS = Models({}, {OURS: choice(OURS), THEIRS: choice(THEIRS), DISABLED: choice(DISABLED, enabled=False)}, {})


@pytest.mark.parametrize("override", [Override(), Override(OURS), Override(OURS, "low")])
def test_what_is_written_is_read(override: Override) -> None:
    assert read_override(str(override)) == override


@pytest.mark.parametrize("text", ["sonnet", f"{OURS}:wild", f"{OURS}x", f"{OURS.hex}", ":low", "model"])
def test_other_texts_are_malformed(text: str) -> None:
    assert read_override(text) == Override(malformed=True)


def test_the_deployments_model_counts_while_it_can_be_used() -> None:
    def model_for(text: str) -> uuid.UUID | None:
        found = override_for(DeploymentSettings(model_overrides={"compaction": text}), MODELS, "compaction")
        return found and found.choice.config_id

    assert model_for(str(OURS)) == OURS
    assert [model_for(text) for text in ("", "sonnet", str(GONE), str(DISABLED))] == [None] * 4
    assert override_for(DeploymentSettings(), MODELS, "explore") is None


@pytest.mark.parametrize(
    ("context", "allowed", "own", "wanted"),
    [
        ("root", True, None, None),
        ("root", True, str(THEIRS), THEIRS),
        ("root", False, str(THEIRS), None),
        ("root", True, str(GONE), None),
        ("root", True, "chat_default", None),
        ("general", True, None, OURS),
        ("general", True, "deployment_default", OURS),
        ("general", True, "chat_default", None),
        ("general", True, str(THEIRS), THEIRS),
        ("general", True, str(DISABLED), OURS),
        ("general", True, "nonsense", OURS),
        ("general", False, str(THEIRS), OURS),
        ("general", False, "chat_default", OURS),
        ("explore", True, None, None),
    ],
)
def test_a_users_choice_goes_before_the_deployments_where_it_may(
    context: str, allowed: bool, own: str | None, wanted: uuid.UUID | None
) -> None:
    settings = DeploymentSettings(personal_model_overrides=allowed, model_overrides={"general": str(OURS)})
    user = UserSettings(model_overrides={} if own is None else {context: own})
    found = personal_override_for(settings, user, MODELS, context)
    assert (found and found.choice.config_id) == wanted
