"""Which operation answers, and what is answered when none does."""

import httpx
import pytest
from connexion.exceptions import ResolverError

from palaver.contract.handlers import HandlerMismatch, HandlerResolver, check_signature
from palaver.contract.parameters import compile_parameter
from palaver.contract.routing import RoutingTable
from tests.contract_edge.conftest import sample_edge

THING = "5b8f2c60-7e1d-4a39-b4c2-d96e03f1a875"


async def test_fixed_path_wins_over_parameter(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/things/watch")
    assert response.text == "data: None\n\n"


async def test_doubled_slashes_are_tolerated(client: httpx.AsyncClient) -> None:
    response = await client.get(f"/api///things//{THING}")
    assert (response.status_code, response.json()) == (200, {"id": THING, "parent": None})


async def test_unknown_path_is_404_without_a_token(anonymous: httpx.AsyncClient) -> None:
    for path in ("/", "/nothing", "/api/things/", f"/api/things/{THING}/more", "/docs/../x", "/docs/missing.js"):
        response = await anonymous.get(path)
        assert (response.status_code, response.json()) == (404, {"message": "Route not found."})


async def test_wrong_method_is_405_with_allow_and_no_body(client: httpx.AsyncClient) -> None:
    response = await client.patch(f"/api/things/{THING}")
    assert (response.status_code, response.headers["allow"], response.content) == (405, "DELETE, GET", b"")


async def test_every_answer_carries_the_common_headers(client: httpx.AsyncClient) -> None:
    for path in (f"/api/things/{THING}", "/nothing", "/healthz", "/api/things/x"):
        response = await client.get(path)
        assert response.headers["x-coder-build-version"] == "v0.1.0-test"
        assert response.headers["x-content-type-options"] == "nosniff"
        assert len(response.headers["x-request-id"]) == 16


async def test_encoded_slash_stays_in_its_segment(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/things/a%2Fb")
    assert (response.status_code, response.json()["message"]) == (400, 'Invalid UUID "a/b".')


def test_same_path_twice_under_other_names_is_refused() -> None:
    table: RoutingTable[str] = RoutingTable()
    table.add("/a/{x}", "GET", "one")
    with pytest.raises(ValueError, match="already routed"):
        table.add("/a/{y}", "GET", "two")


def test_search_goes_back_from_a_fixed_segment() -> None:
    table: RoutingTable[str] = RoutingTable()
    table.add("/a/b/c", "GET", "fixed")
    table.add("/a/{x}/d", "GET", "parameter")
    assert table.find("/a/b/d") == ({"GET": "parameter"}, ["b"])
    assert table.find("/a/b/c") == ({"GET": "fixed"}, [])
    assert table.find("/a/b/e") is None


async def test_missing_handler_fails_at_start() -> None:
    transport = httpx.ASGITransport(app=sample_edge(handlers="lone_handlers"))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        with pytest.raises(ResolverError, match=r"needs one handler \w+ in .*lone_handlers, found: none"):
            await client.get("/api/ping")


def test_public_handler_without_an_operation_fails_at_start() -> None:
    resolver = HandlerResolver("tests.contract_edge.lone_handlers")
    with pytest.raises(HandlerMismatch, match=r"lone_handlers\.things\.ping"):
        resolver.check_all_used()


LIMIT = compile_parameter({"name": "limit", "in": "query", "schema": {"type": "integer"}}, {})


def test_signature_must_fit_the_operation() -> None:
    async def fits(ctx: object, limit: int | None = None) -> None: ...
    async def no_context(limit: int | None = None) -> None: ...
    async def lacks(ctx: object) -> None: ...
    async def exceeds(ctx: object, body: object, limit: int | None = None) -> None: ...
    async def no_default(ctx: object, limit: int | None) -> None: ...
    async def wrong_type(ctx: object, limit: str | None = None) -> None: ...

    check_signature("x", fits, [LIMIT], has_body=False)
    for handler in (no_context, lacks, exceeds, no_default, wrong_type):
        with pytest.raises(HandlerMismatch):
            check_signature("x", handler, [LIMIT], has_body=False)
