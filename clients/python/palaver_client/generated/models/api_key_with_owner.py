from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.api_key_old_scope import APIKeyOldScope
from ..models.api_key_old_scope import check_api_key_old_scope
from ..models.api_key_scope import APIKeyScope
from ..models.api_key_scope import check_api_key_scope
from ..models.login_type import check_login_type
from ..models.login_type import LoginType
from typing import cast
from uuid import UUID
import datetime






T = TypeVar("T", bound="APIKeyWithOwner")



@_attrs_define
class APIKeyWithOwner:
    """ A token with the name of its owner.

        Example:
            {'id': 'Tn5RbYc2Ha', 'user_id': '2e1d0c3b-5a69-4788-8796-a5b4c3d2e1f0', 'last_used': '2026-08-01T10:15:00Z',
                'expires_at': '2026-08-02T10:15:00Z', 'created_at': '2026-08-01T10:15:00Z', 'updated_at':
                '2026-08-01T10:15:00Z', 'login_type': 'token', 'scope': 'all', 'scopes': ['chat:read'], 'token_name': 'ci',
                'lifetime_seconds': 86400, 'allow_list': ['*:*'], 'username': 'bob'}

        Attributes:
            id (str): The first part of the token.
            user_id (UUID): Whose key it is.
            last_used (datetime.datetime): Last use, noted once an hour.
            expires_at (datetime.datetime): End of validity.
            created_at (datetime.datetime): Creation time.
            updated_at (datetime.datetime): Time of the last change.
            login_type (LoginType): How a user or key authenticates: `password`, `github`, `oidc`, `token` (API tokens
                only), `none` (no login
                possible), or empty for unknown.
                 Example: password.
            scope (APIKeyOldScope): Old form of `scopes`: `application_connect` for a key with this scope alone, else `all`.
                Example: all.
            scopes (list[APIKeyScope]): The actions that the key is good for.
            token_name (str): Name of a token; empty for a session.
            lifetime_seconds (int): Lifetime that a session's use renews.
            allow_list (list[str]): The things that the key may be used on.
            username (str): The owner's username.
     """

    id: str
    user_id: UUID
    last_used: datetime.datetime
    expires_at: datetime.datetime
    created_at: datetime.datetime
    updated_at: datetime.datetime
    login_type: LoginType
    scope: APIKeyOldScope
    scopes: list[APIKeyScope]
    token_name: str
    lifetime_seconds: int
    allow_list: list[str]
    username: str





    def to_dict(self) -> dict[str, Any]:
        id = self.id

        user_id = str(self.user_id)

        last_used = self.last_used.isoformat()

        expires_at = self.expires_at.isoformat()

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        login_type: str = self.login_type

        scope: str = self.scope

        scopes = []
        for scopes_item_data in self.scopes:
            scopes_item: str = scopes_item_data
            scopes.append(scopes_item)



        token_name = self.token_name

        lifetime_seconds = self.lifetime_seconds

        allow_list = self.allow_list



        username = self.username


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "id": id,
            "user_id": user_id,
            "last_used": last_used,
            "expires_at": expires_at,
            "created_at": created_at,
            "updated_at": updated_at,
            "login_type": login_type,
            "scope": scope,
            "scopes": scopes,
            "token_name": token_name,
            "lifetime_seconds": lifetime_seconds,
            "allow_list": allow_list,
            "username": username,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        user_id = UUID(d.pop("user_id"))




        last_used = datetime.datetime.fromisoformat(d.pop("last_used"))




        expires_at = datetime.datetime.fromisoformat(d.pop("expires_at"))




        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))




        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))




        login_type = check_login_type(d.pop("login_type"))




        scope = check_api_key_old_scope(d.pop("scope"))




        scopes = []
        _scopes = d.pop("scopes")
        for scopes_item_data in (_scopes):
            scopes_item = check_api_key_scope(scopes_item_data)



            scopes.append(scopes_item)


        token_name = d.pop("token_name")

        lifetime_seconds = d.pop("lifetime_seconds")

        allow_list = cast(list[str], d.pop("allow_list"))


        username = d.pop("username")

        api_key_with_owner = cls(
            id=id,
            user_id=user_id,
            last_used=last_used,
            expires_at=expires_at,
            created_at=created_at,
            updated_at=updated_at,
            login_type=login_type,
            scope=scope,
            scopes=scopes,
            token_name=token_name,
            lifetime_seconds=lifetime_seconds,
            allow_list=allow_list,
            username=username,
        )

        return api_key_with_owner

