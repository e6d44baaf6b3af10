"""The tables: SQLAlchemy declarative classes with their indexes, and nothing else."""

from models.audit import AuditEntry
from models.base import Base
from models.chats import (
    Chat,
    ChatHeartbeat,
    ChatMessage,
    ChatQueueDeparture,
    ChatQueuedMessage,
    ChatTitle,
    IdempotencyKey,
)
from models.configuration import (
    AIProvider,
    AIProviderKey,
    ChatModelConfig,
    DeploymentFact,
    MCPServerConfig,
    UserAIProviderKey,
)
from models.external_identities import ExternalIdentity, FinishedSignIn
from models.files import ChatFile, ChatFileLink, FileChunk, FileOrphan
from models.housekeeping import ScheduledJob
from models.identity import ApiKey, Group, GroupMember, Organization, OrganizationMember, User
from models.mcp_tokens import MCPOAuth2Registration, MCPServerToken, MCPUserToken
from models.recording import ChatDebugRun, ChatDebugStep
from models.settings import DeploymentSetting, UserChatSettings
from models.usage import GroupUsageLimit, SideReservation, SpendReservation, UsageHour, UsageLimitConfig, UserUsageLimit

__all__ = [
    "AIProvider",
    "AIProviderKey",
    "ApiKey",
    "AuditEntry",
    "Base",
    "Chat",
    "ChatDebugRun",
    "ChatDebugStep",
    "ChatFile",
    "ChatFileLink",
    "ChatHeartbeat",
    "ChatMessage",
    "ChatModelConfig",
    "ChatQueueDeparture",
    "ChatQueuedMessage",
    "ChatTitle",
    "DeploymentFact",
    "DeploymentSetting",
    "ExternalIdentity",
    "FileChunk",
    "FileOrphan",
    "FinishedSignIn",
    "Group",
    "GroupMember",
    "GroupUsageLimit",
    "IdempotencyKey",
    "MCPOAuth2Registration",
    "MCPServerConfig",
    "MCPServerToken",
    "MCPUserToken",
    "Organization",
    "OrganizationMember",
    "ScheduledJob",
    "SideReservation",
    "SpendReservation",
    "UsageHour",
    "UsageLimitConfig",
    "User",
    "UserAIProviderKey",
    "UserChatSettings",
    "UserUsageLimit",
]
