"""MCP servers: how they are administered, and what others see of them."""

import uuid
from typing import Any

from sqlalchemy import select

from models import MCPServerConfig
from palaver.configuration.mcp_servers import find_mcp_server
from tests.api.refusals import FORBIDDEN, INVALID, NOT_FOUND, NOT_JSON, SIGNED_OUT, Refusal, assert_refused
from tests.support.world import World, random_id

SERVERS = "/api/experimental/mcp/servers"
NOTES = {
    "display_name": "Notes",
    "slug": "notes",
    "transport": "streamable_http",
    "url": "http://127.0.0.1:9000/mcp",
    "auth_type": "none",
    "availability": "default_off",
    "enabled": True,
}
KEYED = {
    **NOTES,
    "display_name": "Keyed",
    "slug": "keyed",
    "auth_type": "api_key",
    "api_key_header": "X-Key",
    "api_key_value": "hush",
}
MANUAL = {
    "oauth2_client_id": "id",
    "oauth2_auth_url": "https://example.com/auth",
    "oauth2_token_url": "https://example.com/token",
}
REVOCATION = "Invalid OAuth2 revocation URL."
INSECURE = "oauth2_revocation_url must be an https URL (loopback hosts may use http)."
UNREADABLE = "oauth2_revocation_url must be a valid URL or an empty string."
HALF = (
    "OAuth2 auth type requires either all of oauth2_client_id, oauth2_auth_url, and oauth2_token_url "
    "(manual configuration), or none of them (automatic discovery via RFC 7591)."
)
NO_KEY = "API key auth type requires api_key_header and api_key_value."
FRAMING = 'Header "Host" can only be set by the HTTP client.'
NO_HEADERS = "Custom headers auth type requires at least one custom header."
HEADERS = "Invalid custom headers."
CONFIG = "Invalid MCP server config."
BAD_ID = "Invalid MCP server config ID."


def _create(status: int, message: str, *without: str, **rest: Any) -> Refusal:
    known = {"by", "detail", "field", "field_detail"}
    body = {key: value for key, value in {**NOTES, **rest}.items() if key not in {*known, *without}}
    return Refusal("POST", SERVERS, status, message, body, **{key: rest[key] for key in known & rest.keys()})


def _update(status: int, message: str, body: Any, named: str = "{stored}", **told: str) -> Refusal:
    return Refusal("PATCH", f"{SERVERS}/{named}", status, message, body, **told)


def _tag(tag: str, value: str = "") -> str:
    return f'Validation failed for tag "{tag}" with value: "{value}"'


CREATION = [
    _create(401, SIGNED_OUT, by="anonymous"),
    _create(403, FORBIDDEN, by="alice"),
    Refusal("POST", SERVERS, 400, NOT_JSON, b"{"),
    *(
        _create(400, INVALID, name, field=name, field_detail=_tag("required"))
        for name in ("display_name", "slug", "transport", "url", "auth_type", "availability")
    ),
    _create(400, INVALID, slug=" ", field="slug"),
    _create(400, INVALID, slug="\x1d", field="slug", field_detail=_tag("required")),
    _create(400, INVALID, transport="pipe", field="transport", field_detail=_tag("oneof", "pipe")),
    _create(400, INVALID, auth_type="basic", field="auth_type", field_detail=_tag("oneof", "basic")),
    _create(400, INVALID, availability="off", field="availability", field_detail=_tag("oneof", "off")),
    _create(400, INVALID, url="mcp.example.com", field="url", field_detail=_tag("url", "mcp.example.com")),
    _create(400, INVALID, url="http://a:99999/", field="url", field_detail=_tag("url", "http://a:99999/")),
    _create(400, INVALID, oauth2_auth_url="http://[1]/", field="oauth2_auth_url"),
    _create(400, REVOCATION, oauth2_revocation_url="http://example.com/revoke", detail=INSECURE),
    _create(400, HALF, auth_type="oauth2", oauth2_client_id="id"),
    _create(400, NO_KEY, auth_type="api_key", api_key_header="X-Key"),
    _create(400, NO_KEY, auth_type="api_key", api_key_header=" ", api_key_value="hush"),
    _create(400, NO_HEADERS, auth_type="custom_headers"),
    _create(400, NO_HEADERS, auth_type="custom_headers", custom_headers={}),
    _create(
        400,
        HEADERS,
        auth_type="custom_headers",
        custom_headers={"X Team": "blue"},
        detail='Header name "X Team" is not valid.',
    ),
    _create(
        400,
        HEADERS,
        auth_type="custom_headers",
        custom_headers={"X-A": "1", "x-a": "2"},
        detail='Header "x-a" is given twice.',
    ),
    _create(400, HEADERS, auth_type="custom_headers", custom_headers={"Host": "elsewhere"}, detail=FRAMING),
    _create(400, HEADERS, auth_type="custom_headers", custom_headers={"X-A": "line\nbreak"}),
    _create(
        400,
        CONFIG,
        auth_type="api_key",
        api_key_header="X Key",
        api_key_value="hush",
        detail="api_key_header is not a valid header name.",
    ),
    _create(
        400,
        CONFIG,
        auth_type="api_key",
        api_key_header="X-Key",
        api_key_value="a\nb",
        detail="api_key_value must not contain control characters.",
    ),
    _create(
        400,
        CONFIG,
        auth_type="api_key",
        api_key_header="Content-Length",
        api_key_value="1",
        detail="api_key_header names a header that only the HTTP client may set.",
    ),
    _create(
        409,
        "MCP server config already exists.",
        slug=" keyed ",
        detail="The slug is used by another MCP server.",
    ),
]
CHANGES = [
    _update(401, SIGNED_OUT, {}, by="anonymous"),
    _update(400, BAD_ID, {}, "abc", detail="invalid UUID length: 3"),
    _update(400, NOT_JSON, {"enabled": "yes"}),
    _update(400, INVALID, {"url": "mcp.example.com"}, field="url", field_detail=_tag("url", "mcp.example.com")),
    _update(400, INVALID, {"slug": " "}, field="slug", field_detail=_tag("required")),
    _update(403, FORBIDDEN, {}, by="alice"),
    _update(400, REVOCATION, {"oauth2_revocation_url": "revoke"}, detail=UNREADABLE),
    _update(400, REVOCATION, {"oauth2_revocation_url": "https://a:99999/"}, detail=UNREADABLE),
    _update(400, REVOCATION, {"oauth2_revocation_url": "http://example.com/"}, detail=INSECURE),
    _update(400, HEADERS, {"custom_headers": {"": "x"}}, "{nothing}", detail='Header name "" is not valid.'),
    _update(404, NOT_FOUND, {}, "{nothing}"),
    _update(409, "MCP server config slug already exists.", {"slug": "notes"}),
    _update(400, CONFIG, {"api_key_value": ""}, detail=NO_KEY),
    _update(400, CONFIG, {"auth_type": "custom_headers"}, detail=NO_HEADERS),
    _update(400, CONFIG, {"auth_type": "oauth2", "oauth2_client_id": "id"}, detail=HALF),
    Refusal("GET", SERVERS, 401, SIGNED_OUT, by="anonymous"),
    Refusal("GET", f"{SERVERS}/{{stored}}", 401, SIGNED_OUT, by="anonymous"),
    Refusal("GET", f"{SERVERS}/abc", 400, BAD_ID, detail="invalid UUID length: 3"),
    Refusal("GET", f"{SERVERS}/{{nothing}}", 404, NOT_FOUND),
    Refusal("GET", f"{SERVERS}/{{off}}", 404, NOT_FOUND, by="alice"),
    Refusal("DELETE", f"{SERVERS}/{{stored}}", 401, SIGNED_OUT, by="anonymous"),
    Refusal("DELETE", f"{SERVERS}/abc", 400, BAD_ID, detail="invalid UUID length: 3"),
    Refusal("DELETE", f"{SERVERS}/{{stored}}", 403, FORBIDDEN, by="alice"),
    Refusal("DELETE", f"{SERVERS}/{{nothing}}", 404, NOT_FOUND),
]


async def _made(world: World, body: dict[str, Any]) -> dict[str, Any]:
    answer = await world.owner.post(SERVERS, body)
    assert answer.status_code == 201, answer.text
    server: dict[str, Any] = answer.json()
    assert answer.headers["location"] == f"{SERVERS}/{server['id']}"
    return server


async def _row(world: World, server_id: str) -> Any:
    async with world.services.database.connect() as conn:
        rows = await conn.execute(select(MCPServerConfig.__table__).where(MCPServerConfig.id == server_id))
        return rows.one()


async def test_refusals_in_the_order_of_the_contract(world: World) -> None:
    stored = await _made(world, KEYED)
    await _made(world, NOTES)
    off = await _made(world, {**NOTES, "slug": "off", "enabled": False})
    names = {"stored": stored["id"], "off": off["id"], "nothing": random_id()}
    await assert_refused(world, [*CREATION, *CHANGES], **names)
    assert (await world.owner.get(f"{SERVERS}/{stored['id']}")).json() == stored


async def test_texts_are_trimmed_and_secrets_kept_to_the_server(world: World) -> None:
    body = {**KEYED, "slug": " keyed ", "display_name": " Keyed\t", "tool_deny_list": ["a", " ", "a ", "b"]}
    server = await _made(world, body)
    assert (server["slug"], server["display_name"], server["tool_deny_list"]) == ("keyed", "Keyed", ["a", "b"])
    assert (server["has_api_key"], server["api_key_header"]) == (True, "X-Key")
    assert "api_key_value" not in server
    row = await _row(world, server["id"])
    assert b"hush" not in row.api_key_value
    assert world.services.secrets.decrypt(row.api_key_value) == "hush"


async def test_every_kind_of_authentication_can_be_stored(world: World) -> None:
    headers = await _made(world, {**NOTES, "auth_type": "custom_headers", "custom_headers": {"X-Team": "blue"}})
    assert headers["has_custom_headers"] is True
    row = await _row(world, headers["id"])
    assert world.services.secrets.decrypt(row.custom_headers) == '{"X-Team":"blue"}'
    loopback = "http://localhost:1234/revoke"
    manual = {**NOTES, **MANUAL, "slug": "manual", "auth_type": "oauth2", "oauth2_revocation_url": loopback}
    server = await _made(world, {**manual, "oauth2_client_secret": "hush"})
    assert (server["has_oauth2_secret"], server["oauth2_revocation_url"]) == (True, loopback)
    assert server["auth_connected"] is False
    assert (await _made(world, {**NOTES, "slug": "oidc", "auth_type": "user_oidc"}))["auth_connected"] is True


async def test_others_see_enabled_servers_without_addresses(world: World) -> None:
    shown = await _made(world, KEYED)
    await _made(world, {**NOTES, "enabled": False})
    (seen,) = (await world.alice.get(SERVERS)).json()
    assert seen["id"] == shown["id"]
    assert (seen["url"], seen["transport"], seen["has_api_key"]) == ("", "", True)
    assert "api_key_header" not in seen
    assert (await world.alice.get(f"{SERVERS}/{shown['id']}")).json() == seen
    assert [server["slug"] for server in (await world.owner.get(SERVERS)).json()] == ["keyed", "notes"]


async def test_an_update_changes_only_what_is_given(world: World) -> None:
    server = await _made(world, KEYED)
    body = {"description": " Text ", "slug": None, "enabled": False, "tool_allow_list": ["read"]}
    changed = (await world.owner.patch(f"{SERVERS}/{server['id']}", body)).json()
    wanted = {**server, "description": "Text", "enabled": False, "tool_allow_list": ["read"]}
    assert changed == {**wanted, "updated_at": changed["updated_at"]}


async def test_another_authentication_clears_what_only_the_old_one_used(world: World) -> None:
    server = await _made(world, KEYED)
    path = f"{SERVERS}/{server['id']}"
    manual = (await world.owner.patch(path, {**MANUAL, "auth_type": "oauth2", "oauth2_client_secret": "s"})).json()
    assert (manual["has_api_key"], manual["has_oauth2_secret"]) == (False, True)
    assert "api_key_header" not in manual
    body = {"auth_type": "custom_headers", "custom_headers": {"X-A": "b"}, "api_key_value": "late"}
    headers = (await world.owner.patch(path, body)).json()
    assert (headers["has_oauth2_secret"], headers["has_custom_headers"], headers["has_api_key"]) == (False, True, False)
    row = await _row(world, server["id"])
    assert (row.oauth2_client_id, row.oauth2_client_secret, row.oauth2_token_url) == ("", None, "")


async def test_approvals_are_kept_whole_and_told_to_everybody(world: World) -> None:
    nothing = {"default": "auto", "tools": {}}
    made = await _made(world, {**NOTES, "slug": "careful"})
    assert made["tool_approvals"] == nothing
    path, given = (
        f"{SERVERS}/{made['id']}",
        {"default": "ask", "tools": {" read ": "auto", "wipe": "deny", " ": "deny"}},
    )
    changed = (await world.owner.patch(path, {"tool_approvals": given})).json()
    assert changed["tool_approvals"] == {"default": "ask", "tools": {"read": "auto", "wipe": "deny"}}
    assert (await world.owner.patch(path, {"description": "x"})).json()["tool_approvals"] == changed["tool_approvals"]
    assert (await world.alice.get(path)).json()["tool_approvals"] == changed["tool_approvals"]
    async with world.services.database.connect() as conn:
        server = await find_mcp_server(conn, uuid.UUID(made["id"]))
    assert server is not None
    assert [server.approval(tool) for tool in ("read", "wipe", "other")] == ["auto", "deny", "ask"]
    assert (await world.owner.patch(path, {"tool_approvals": {}})).json()["tool_approvals"] == nothing


async def test_a_deleted_server_is_gone(world: World) -> None:
    path = f"{SERVERS}/{(await _made(world, NOTES))['id']}"
    assert (await world.owner.delete(path)).status_code == 204
    assert (await world.owner.get(path)).status_code == 404
    assert (await world.owner.get(SERVERS)).json() == []


async def test_a_refused_secret_does_not_come_back(world: World) -> None:
    for field in ("api_key_value", "oauth2_client_secret"):
        answer = await world.owner.post(SERVERS, {**KEYED, field: "hush\0hush"})
        assert answer.status_code == 400
        assert answer.json()["validations"][0]["field"] == field
        assert "hush" not in answer.text
