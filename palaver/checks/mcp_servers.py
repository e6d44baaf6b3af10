"""Whether an MCP server config can be used: addresses, headers and what its authentication needs."""

from collections.abc import Mapping
from typing import Any

from palaver.configuration.headers import header_name_flaw, header_value_ok, headers_flaw
from palaver.configuration.mcp_servers import missing_for
from palaver.configuration.urls import is_loopback, parse_url
from palaver.errors import BadRequest, FieldError, ValidationFailed
from palaver.errors.configuration import (
    InsecureRevocationUrl,
    InvalidCustomHeaders,
    InvalidMCPServer,
    UnreadableRevocationUrl,
)


def check_names(values: Mapping[str, Any]) -> None:
    """Raise ValidationFailed for a label or slug that is blank once trimmed."""
    blank = [name for name in ("display_name", "slug") if values.get(name) == ""]
    if blank:
        raise ValidationFailed(validations=[_tag_error(name, "required", "") for name in blank])


def check_urls(values: Mapping[str, Any]) -> None:
    """Raise ValidationFailed for URLs that fit the pattern of the contract and are none all the same."""
    wrong = [
        name
        for name in ("url", "oauth2_auth_url", "oauth2_token_url")
        if values.get(name) and parse_url(values[name]) is None
    ]
    if wrong:
        raise ValidationFailed(validations=[_tag_error(name, "url", values[name]) for name in wrong])


def check_revocation_url(values: Mapping[str, Any]) -> None:
    """Raise UnreadableRevocationUrl or InsecureRevocationUrl: it gets tokens, so it is https or this very machine."""
    text = values.get("oauth2_revocation_url")
    if not text:
        return
    url = parse_url(text)
    if url is None:
        raise UnreadableRevocationUrl
    if url.scheme != "https" and not is_loopback(url):
        raise InsecureRevocationUrl


def check_authentication(values: Mapping[str, Any]) -> None:
    """Raise BadRequest when a new config lacks what its `auth_type` needs."""
    if (sentence := missing_for(values)) is not None:
        raise BadRequest(message=sentence)


def check_headers(values: Mapping[str, Any]) -> None:
    """Raise InvalidCustomHeaders or InvalidMCPServer for headers that cannot be sent over HTTP."""
    if (flaw := headers_flaw(values.get("custom_headers") or {})) is not None:
        raise InvalidCustomHeaders(flaw)
    if (name := values.get("api_key_header")) and (flaw := header_name_flaw(name)) is not None:
        raise InvalidMCPServer(f"api_key_header {flaw}.")
    if not header_value_ok(values.get("api_key_value") or ""):
        raise InvalidMCPServer("api_key_value must not contain control characters.")


def check_whole(values: Mapping[str, Any]) -> None:
    """Raise InvalidMCPServer when a changed config could not be used as it would be stored."""
    if (sentence := missing_for(values)) is not None:
        raise InvalidMCPServer(sentence)


def _tag_error(field: str, tag: str, value: str) -> FieldError:
    return FieldError(field=field, detail=f'Validation failed for tag "{tag}" with value: "{value}"')
