"""Refusals of the checks that stand before the engine: ownership, archive, processor, content, selections."""

import uuid

from palaver.errors.base import FieldError, PalaverError
from palaver.errors.common import BadRequest


class OwnerOnly(PalaverError):
    """The operation would spend or steer the chat owner's credentials, and the caller is somebody else.

    `act` completes the wire's sentence, for example `send messages`.
    """

    status = 403

    def __init__(self, act: str) -> None:
        super().__init__(message=f"Only the chat owner may {act}.")


class ChatArchived(BadRequest):
    """The chat is archived and so read-only; `act` completes the wire's sentence, for example `send messages to`."""

    def __init__(self, act: str) -> None:
        super().__init__(message=f"Cannot {act} an archived chat.")


class ProcessorUnavailable(PalaverError):
    """No worker processes chats here (`PALAVER_PROCESSOR=disabled`), so nothing that needs one is accepted."""

    status = 500
    message = "Chat processor is unavailable."

    def __init__(self) -> None:
        super().__init__(detail="Chat processor is not configured.")


class InvalidInputPart(BadRequest):
    """A content part is refused; `detail` names it by its index."""

    message = "Invalid input part."

    def __init__(self, detail: str) -> None:
        super().__init__(detail=detail)


class InvalidMCPServers(BadRequest):
    """A selection names MCP servers that do not exist, or one of them twice: a typo is never dropped in silence."""

    message = "One or more MCP server IDs are invalid."

    def __init__(self, ids: list[str]) -> None:
        super().__init__(detail=f"Invalid IDs: {', '.join(ids)}")


class ModelConfigRefused(BadRequest):
    """The requested model config may not be used; `reason` completes the wire's sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(message=f"Invalid model_config_id: {reason}.")


class NilModelConfig(BadRequest):
    """The nil UUID stands for no model, and a new chat that wants the default one names none."""

    message = "Invalid model config ID."


class NoDefaultModel(BadRequest):
    """No model was asked for and no default stands in; `disabled` tells that one exists but is switched off."""

    message = "No default chat model config is configured."

    def __init__(self, *, disabled: bool = False) -> None:
        super().__init__(detail="The default chat model or its provider is disabled." if disabled else None)


class InvalidLabels(BadRequest):
    """One or more labels break a rule; `details` has a text for each."""

    message = "Invalid labels."

    def __init__(self, details: list[str]) -> None:
        super().__init__(validations=[FieldError(field="labels", detail=detail) for detail in details])


class WorkspaceUnavailable(BadRequest):
    """A workspace was named; Palaver has none."""

    message = "Workspace not found or you do not have access to this resource"


class NotAMember(PalaverError):
    """The caller does not belong to the organization, which may not even exist."""

    status = 403
    message = "You are not a member of the specified organization."


class InvalidAcl(BadRequest):
    """Entries of an access list name an unknown role, user or group; one validation each."""

    message = "Invalid request to update chat ACL."


class SharingDisabled(PalaverError):
    """The deployment does not let chats be shared."""

    status = 403
    message = "Chat sharing is disabled for this deployment."


class AclOfSubChat(BadRequest):
    """Sub-chats follow the access list of their root."""

    message = "Chat ACLs can only be set on root chats."

    def __init__(self, root_chat_id: uuid.UUID) -> None:
        super().__init__(detail=f"Target the root chat (id: {root_chat_id}) instead.")


class WatchUnavailable(PalaverError):
    """This server is about to stop and lets nobody watch any more."""

    status = 500
    message = "Failed to subscribe to chat events."

    def __init__(self) -> None:
        super().__init__(detail="server is restarting")
