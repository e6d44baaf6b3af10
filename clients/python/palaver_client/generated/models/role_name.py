from typing import Literal

RoleName = Literal['agents-access', 'auditor', 'member', 'organization-admin', 'organization-auditor', 'organization-member', 'organization-template-admin', 'organization-user-admin', 'organization-workspace-access', 'organization-workspace-creation-ban', 'owner', 'template-admin', 'user-admin']

ROLE_NAME_VALUES: set[RoleName] = { 'agents-access', 'auditor', 'member', 'organization-admin', 'organization-auditor', 'organization-member', 'organization-template-admin', 'organization-user-admin', 'organization-workspace-access', 'organization-workspace-creation-ban', 'owner', 'template-admin', 'user-admin',  }

def check_role_name(value: str) -> RoleName:
    if value in ROLE_NAME_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {ROLE_NAME_VALUES!r}")
