from typing import Literal

AuditAction = Literal['activate', 'add_member', 'change_password', 'change_roles', 'create', 'delete', 'link_identity', 'login', 'login_failed', 'logout', 'remove_member', 'rotate_secrets', 'share', 'suspend', 'update']

AUDIT_ACTION_VALUES: set[AuditAction] = { 'activate', 'add_member', 'change_password', 'change_roles', 'create', 'delete', 'link_identity', 'login', 'login_failed', 'logout', 'remove_member', 'rotate_secrets', 'share', 'suspend', 'update',  }

def check_audit_action(value: str) -> AuditAction:
    if value in AUDIT_ACTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {AUDIT_ACTION_VALUES!r}")
