from typing import Literal

AuditTarget = Literal['ai_provider', 'api_key', 'chat', 'chat_model_config', 'deployment', 'group', 'mcp_server', 'organization', 'organization_member', 'user']

AUDIT_TARGET_VALUES: set[AuditTarget] = { 'ai_provider', 'api_key', 'chat', 'chat_model_config', 'deployment', 'group', 'mcp_server', 'organization', 'organization_member', 'user',  }

def check_audit_target(value: str) -> AuditTarget:
    if value in AUDIT_TARGET_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {AUDIT_TARGET_VALUES!r}")
