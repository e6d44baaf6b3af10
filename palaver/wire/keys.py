"""Keys as the contract's APIKey and APIKeyWithOwner."""

import datetime as dt
from typing import cast

from palaver.contract.types import APIKey, APIKeyWithOwner
from palaver.identity.keys import KeyRecord, wire_scope
from palaver.wire.times import format_time


def key_json(key: KeyRecord) -> APIKey:
    """A session or token without its secret."""
    scopes = [wire_scope(scope) for scope in key.scopes]
    answer = {
        "id": key.id,
        "user_id": str(key.user_id),
        "last_used": format_time(key.last_used),
        "expires_at": format_time(key.expires_at),
        "created_at": format_time(key.created_at),
        "updated_at": format_time(key.updated_at),
        "login_type": key.login_type,
        "scope": "application_connect" if scopes == ["application_connect"] else "all",
        "scopes": scopes,
        "token_name": key.token_name,
        "lifetime_seconds": key.lifetime_seconds,
        "allow_list": key.allow_list,
    }
    return cast(APIKey, answer)


def key_with_owner_json(key: KeyRecord) -> APIKeyWithOwner:
    """A token with the name of its owner."""
    return cast(APIKeyWithOwner, {**key_json(key), "username": key.username})


def nanoseconds(span: dt.timedelta) -> int:
    """A span on the wire; the longest that 64 bits hold at most."""
    return min(span // dt.timedelta(microseconds=1) * 1000, 2**63 - 1)
