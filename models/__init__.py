"""The tables: SQLAlchemy declarative classes with their indexes, and nothing else."""

from models.base import Base
from models.chats import (
    Chat,
    ChatFile,
    ChatFileLink,
    ChatHeartbeat,
    ChatMessage,
    ChatQueuedMessage,
    IdempotencyKey,
)
from models.configuration import AIProvider, AIProviderKey, ChatModelConfig, DeploymentFact, MCPServerConfig
from models.identity import ApiKey, Organization, OrganizationMember, User

__all__ = [
    "AIProvider",
    "AIProviderKey",
    "ApiKey",
    "Base",
    "Chat",
    "ChatFile",
    "ChatFileLink",
    "ChatHeartbeat",
    "ChatMessage",
    "ChatModelConfig",
    "ChatQueuedMessage",
    "DeploymentFact",
    "IdempotencyKey",
    "MCPServerConfig",
    "Organization",
    "OrganizationMember",
    "User",
]
