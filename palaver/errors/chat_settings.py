"""Refusals about what administrators and users set about chats."""

from collections.abc import Sequence

from palaver.errors.base import PalaverError
from palaver.errors.common import BadRequest, Conflict


class ExperimentOff(PalaverError):
    """The operation belongs to an experiment that is not switched on; `name` is what people call it."""

    status = 403

    def __init__(self, name: str, experiment: str) -> None:
        super().__init__(message=f"{name} functionality requires enabling the '{experiment}' experiment.")


class PromptTooLong(BadRequest):
    """A prompt is too long after its clean-up; `message` says which one."""

    def __init__(self, message: str, maximum: int, size: int) -> None:
        super().__init__(message=message, detail=f"Maximum length is {maximum} bytes, got {size}.")


# ---- models that take the place of others ----


class InvalidModelConfigId(BadRequest):
    """The id names no model config that can be used, or is none; then `raw` is what came instead."""

    message = "Invalid model_config_id."

    def __init__(self, raw: str | None = None) -> None:
        super().__init__(detail=None if raw is None else f'Value "{raw}" is not a valid UUID.')


class AdvisorModelUnknown(BadRequest):
    """The advisor is to use a model that is not enabled."""

    def __init__(self, config_id: str) -> None:
        super().__init__(message=f'model_config_id "{config_id}" does not match any enabled model config.')


class EffortWithoutModel(BadRequest):
    """An effort is set for no model."""

    message = "reasoning_effort requires model_config_id."


class InvalidEffort(BadRequest):
    """The effort is none that the model takes; of `choices` one has to be taken, empty: the model takes none."""

    message = "Invalid reasoning_effort value."

    def __init__(self, choices: Sequence[str]) -> None:
        allowed = f"Must be one of {', '.join(choices)}."
        super().__init__(detail=allowed if choices else "This model does not support reasoning effort.")


class PersonalOverridesOff(PalaverError):
    """Users may not choose models of their own."""

    status = 403
    message = "An administrator has not enabled user personal model overrides."


class InvalidPersonalOverride(BadRequest):
    """The fields of a personal override do not suit each other; the message says how."""


# ---- debug logging ----


class DebugLoggingForced(Conflict):
    """The deployment logs everything, whatever users choose."""

    message = "Chat debug logging is already forced on by deployment configuration."


class DebugLoggingNotAllowed(PalaverError):
    """Users may not switch debug logging."""

    status = 403
    message = "An administrator has not enabled user-controlled chat debug logging."


# ---- compaction thresholds ----


class ModelConfigDisabled(BadRequest):
    """The model is switched off."""

    message = "Model config is disabled."
