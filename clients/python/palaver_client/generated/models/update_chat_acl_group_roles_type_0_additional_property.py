from typing import Literal

UpdateChatACLGroupRolesType0AdditionalProperty = Literal['', 'read']

UPDATE_CHAT_ACL_GROUP_ROLES_TYPE_0_ADDITIONAL_PROPERTY_VALUES: set[UpdateChatACLGroupRolesType0AdditionalProperty] = { '', 'read',  }

def check_update_chat_acl_group_roles_type_0_additional_property(value: str) -> UpdateChatACLGroupRolesType0AdditionalProperty:
    if value in UPDATE_CHAT_ACL_GROUP_ROLES_TYPE_0_ADDITIONAL_PROPERTY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {UPDATE_CHAT_ACL_GROUP_ROLES_TYPE_0_ADDITIONAL_PROPERTY_VALUES!r}")
