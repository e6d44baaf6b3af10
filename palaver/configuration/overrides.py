"""Model overrides: models that the deployment or a user sets for a purpose or a kind of chat.

Stored as text: `<model config id>` or `<model config id>:<effort>`; of users also the mode itself, `chat_default` or
`deployment_default`. What cannot be read is shown as malformed, and counts as not set where a model is chosen.
"""

import uuid
from dataclasses import dataclass
from typing import Final

from palaver.configuration.deployment_settings import DeploymentSettings, OverrideContext
from palaver.configuration.user_settings import UserSettings
from palaver.llm.catalog import ModelChoice, Models
from palaver.llm.options import EFFORT_SCALE

LABELS: Final[dict[OverrideContext, str]] = {
    "general": "general",
    "explore": "explore",
    "title_generation": "title generation",
    "compaction": "compaction",
}
"""What a context is called in texts."""

CHAT_DEFAULT: Final = "chat_default"
DEPLOYMENT_DEFAULT: Final = "deployment_default"
MODEL: Final = "model"
"""Modes of a personal override."""


@dataclass(frozen=True, slots=True)
class Override:
    """A model config and an effort ("" for none); both empty when nothing is set or `malformed`."""

    model_config_id: uuid.UUID | None = None
    effort: str = ""
    malformed: bool = False

    def __str__(self) -> str:
        """As it is stored."""
        if self.model_config_id is None:
            return ""
        return f"{self.model_config_id}:{self.effort}" if self.effort else str(self.model_config_id)


@dataclass(frozen=True, slots=True)
class PersonalOverride:
    """What a user has chosen for a kind of chat; `is_set` tells it from the default."""

    mode: str
    override: Override
    is_set: bool


@dataclass(frozen=True, slots=True)
class Overriding:
    """A model that takes the place of another; `effort` as it was set, "" for none."""

    choice: ModelChoice
    effort: str


def read_override(text: str | None) -> Override:
    """What a stored text says."""
    if not text:
        return Override()
    config_id, _, effort = text.partition(":")
    try:
        parsed = uuid.UUID(config_id)
    except ValueError:
        return Override(malformed=True)
    if str(parsed) != config_id.lower() or (effort or EFFORT_SCALE[0]) not in EFFORT_SCALE:
        return Override(malformed=True)
    return Override(parsed, effort)


def personal_override(settings: UserSettings, context: str) -> PersonalOverride:
    """What the user has stored for `root`, `general` or `explore`, or the default of that kind of chat."""
    stored = settings.model_overrides.get(context)
    unset = CHAT_DEFAULT if context == "root" else DEPLOYMENT_DEFAULT
    if stored is None:
        return PersonalOverride(unset, Override(), is_set=False)
    if stored in (CHAT_DEFAULT, DEPLOYMENT_DEFAULT):
        return PersonalOverride(stored, Override(), is_set=True)
    override = read_override(stored)
    return PersonalOverride(unset if override.malformed else MODEL, override, is_set=True)


def override_for(settings: DeploymentSettings, models: Models, context: OverrideContext) -> Overriding | None:
    """The model that the deployment sets for a purpose; None when none is set, or it is malformed, gone or unusable."""
    return _usable(models, read_override(settings.model_overrides.get(context)))


def personal_override_for(
    settings: DeploymentSettings, user: UserSettings, models: Models, context: str
) -> Overriding | None:
    """The model for a new chat of a kind (`root`, `general`, `explore`) whose owner has these settings; None: no other.

    The owner's own choice counts while the deployment lets users choose, and the deployment's otherwise.
    """
    own = personal_override(user, context) if settings.personal_model_overrides else None
    if own is not None and own.mode == MODEL and (chosen := _usable(models, own.override)) is not None:
        return chosen
    if context == "root" or (own is not None and own.mode == CHAT_DEFAULT):
        return None
    return override_for(settings, models, "explore" if context == "explore" else "general")


def _usable(models: Models, override: Override) -> Overriding | None:
    choice = None if override.model_config_id is None else models.get(override.model_config_id)
    if choice is None or choice.unusable_reason is not None:
        return None
    return Overriding(choice, override.effort)
