"""Refusals of texts that a model should have written for somebody who asked."""

from collections.abc import Iterator
from contextlib import contextmanager

from palaver.errors.base import PalaverError
from palaver.errors.common import Conflict
from palaver.errors.provider import ProviderError


class ProviderUsageLimit(Conflict):
    """The provider does not go on: its account, key or quota is used up."""

    message = (
        "The AI usage limit has been exceeded. "
        "Contact an administrator or check the applicable budget and quota settings."
    )


class TitleNotRegenerated(PalaverError):
    """The model gave no new title, or it could not be saved in time."""

    status = 500
    message = "Failed to regenerate chat title."


class TitleNotProposed(PalaverError):
    """The model gave no title."""

    status = 500
    message = "Failed to generate chat title."


@contextmanager
def writing(failure: type[PalaverError]) -> Iterator[None]:
    """Turn a failed model call into ProviderUsageLimit or `failure`."""
    try:
        yield
    except ProviderError as error:
        detail = " ".join(filter(None, (error.message, error.detail)))
        raise (ProviderUsageLimit if error.kind == "usage_limit" else failure)(detail=detail) from error
    except TimeoutError as error:
        raise failure(detail="timed out") from error
