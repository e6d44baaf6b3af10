"""What settings about chats are checked for: prompts, models that take the place of others, experiments."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from palaver.chat.prompt_text import clean_prompt
from palaver.configuration.deployment_settings import DeploymentSettings
from palaver.configuration.overrides import Overriding, personal_override_for
from palaver.configuration.user_settings import load_user_settings
from palaver.contract.context import Context
from palaver.contract.schemas import parse_uuid
from palaver.contract.violations import as_text
from palaver.errors.chat_settings import (
    EffortWithoutModel,
    ExperimentOff,
    InvalidEffort,
    InvalidModelConfigId,
    PromptTooLong,
)
from palaver.llm.catalog import ModelChoice, Models
from palaver.llm.options import EFFORT_SCALE

MAX_PROMPT_BYTES = 131_072
"""Of a prompt after its clean-up (contract/limits.yaml, `prompt_settings`)."""


def check_prompt(text: str | None, too_long: str) -> str:
    """The prompt as it is stored: cleaned. Raises PromptTooLong with the message `too_long`."""
    cleaned = clean_prompt(text or "")
    size = len(cleaned.encode())
    if size > MAX_PROMPT_BYTES:
        raise PromptTooLong(too_long, MAX_PROMPT_BYTES, size)
    return cleaned


def check_config_id(raw: str) -> uuid.UUID:
    """The named model config's id. Raises InvalidModelConfigId for text that is none."""
    try:
        return parse_uuid(raw)
    except ValueError:
        raise InvalidModelConfigId(as_text(raw)) from None


def require_model_for(effort: str, config_id: uuid.UUID | None) -> None:
    """Raise EffortWithoutModel for an effort ("" for none) without a model."""
    if effort and config_id is None:
        raise EffortWithoutModel


def check_effort(choice: ModelChoice, effort: str) -> None:
    """Raise InvalidEffort for an effort ("" for none) that the model does not take."""
    if not effort:
        return
    if effort not in EFFORT_SCALE:
        raise InvalidEffort(EFFORT_SCALE)
    if effort not in choice.reasoning_efforts:
        raise InvalidEffort(choice.reasoning_efforts)


async def chosen_for_new_chats(
    ctx: Context, conn: AsyncConnection, requested: str | None, models: Models, deployment: DeploymentSettings
) -> Overriding | None:
    """The model that the caller has chosen for new chats; None when the request or the default decides.

    No statement while the deployment does not let users choose.
    """
    if not deployment.personal_model_overrides or requested is not None:
        return None
    own = await load_user_settings(conn, ctx.user.user_id)
    return personal_override_for(deployment, own, models, "root")


def is_enabled(choice: ModelChoice | None) -> bool:
    """Whether chats can use the model, apart from its key, which may come later."""
    return choice is not None and choice.unusable_reason in (None, "missing_api_key")


def require_experiment(ctx: Context, name: str, experiment: str) -> None:
    """Raise ExperimentOff unless the deployment takes part in the experiment."""
    if experiment not in ctx.services.settings.enabled_experiments:
        raise ExperimentOff(name, experiment)
