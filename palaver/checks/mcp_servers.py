"""Whether an MCP server config can be used: addresses, headers and what its authentication needs."""

from collections.abc import Mapping
from typing import Any

from palaver.configuration.headers import is_framing, is_header_name, is_header_value
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
    _check_custom_headers(values.get("custom_headers") or {})
    name = values.get("api_key_header")
    if name and not is_header_name(name):
        raise InvalidMCPServer("api_key_header is not a valid header name.")
    if name and is_framing(name):
        raise InvalidMCPServer("api_key_header names a header that only the HTTP client may set.")
    if not is_header_value(values.get("api_key_value") or ""):
        raise InvalidMCPServer("api_key_value must not contain control characters.")


def check_whole(values: Mapping[str, Any]) -> None:
    """Raise InvalidMCPServer when a changed config could not be used as it would be stored."""
    if (sentence := missing_for(values)) is not None:
        raise InvalidMCPServer(sentence)


def _check_custom_headers(headers: Mapping[str, str]) -> None:
    seen = set()
    for name in headers:
        if not is_header_name(name):
            raise InvalidCustomHeaders(f'Header name "{name}" is not valid.')
        if is_framing(name):
            raise InvalidCustomHeaders(f'Header "{name}" can only be set by the HTTP client.')
        if name.lower() in seen:
            raise InvalidCustomHeaders(f'Header "{name}" is given twice.')
        seen.add(name.lower())


def _tag_error(field: str, tag: str, value: str) -> FieldError:
    return FieldError(field=field, detail=f'Validation failed for tag "{tag}" with value: "{value}"')
