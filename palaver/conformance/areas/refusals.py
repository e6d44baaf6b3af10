"""What every operation refuses alike: paths, methods, ids, bodies, query parameters."""

from typing import Final

from palaver.conformance.callers import CHATS
from palaver.conformance.checks import Area, Failed
from palaver.conformance.lab import NOBODY, NOT_FOUND, Lab

area = Area("errors", "Refusals in general")

_BUILD: Final = "/api/v2/buildinfo"


@area.check("unknown-path", "An unknown path is 404", "404 `Route not found.`")
async def unknown_path(lab: Lab) -> None:
    (await lab.caller.get("/api/v2/no-such-thing")).refused(404, "Route not found.")


@area.check("wrong-method", "A known path with another method is 405", "405 with `Allow` and an empty body")
async def wrong_method(lab: Lab) -> None:
    answer = (await lab.caller.delete(_BUILD)).expect(405)
    if answer.body or "GET" not in answer.headers.get("allow", "").split(", "):
        raise Failed(f"Allow is {answer.headers.get('allow')!r}; {answer}")


@area.check("malformed-id", "What is no UUID is told so", '400 `Invalid UUID "<raw>".` with the parser\'s text')
async def malformed_id(lab: Lab) -> None:
    answer = await lab.caller.get(f"{CHATS}/xyz")
    answer.refused(400, 'Invalid UUID "xyz".', detail="invalid UUID length: 3")


@area.check("no-such-chat", "A chat that is not there is 404", f"404 `{NOT_FOUND}`")
async def no_such_chat(lab: Lab) -> None:
    for path in (f"{CHATS}/{NOBODY}", f"{CHATS}/{NOBODY}/messages", f"{CHATS}/{NOBODY}/acl"):
        (await lab.caller.get(path)).refused(404, NOT_FOUND)


@area.check("no-json", "A body that is no JSON is refused", "400 `Request body must be valid JSON.`")
async def no_json(lab: Lab) -> None:
    for content in (b"{", b"", b'{"organization_id": 1}'):
        answer = await lab.caller.request("POST", CHATS, content=content)
        answer.refused(400, "Request body must be valid JSON.")


@area.check("query", "A bad query parameter is named", "400 `Query parameters have invalid values.` with validations")
async def query(lab: Lab) -> None:
    for name, value, detail in (
        ("limit", "-1", 'Query param "limit" must be a valid 32-bit positive integer: value is negative'),
        ("after_id", "x", 'Query param "after_id" must be a valid uuid'),
    ):
        answer = await lab.caller.request("GET", CHATS, params={name: value})
        answer.refused(400, "Query parameters have invalid values.")
        found = [entry for entry in answer.json.get("validations", []) if entry["field"] == name]
        if len(found) != 1 or not found[0]["detail"].startswith(detail.partition(":")[0]):
            raise Failed(f"expected {detail!r}; {answer}")


@area.check(
    "repeated-parameter", "A repeated query parameter is refused", "400: provided more than once, found 2 times"
)
async def repeated_parameter(lab: Lab) -> None:
    answer = await lab.caller.request("GET", CHATS, params=[("limit", "1"), ("limit", "2")])
    detail = 'Query param "limit" provided more than once, found 2 times. Only provide 1 instance of this query param.'
    validations = [{"field": "limit", "detail": detail}]
    answer.refused(400, "Query parameters have invalid values.", validations=validations)


@area.check(
    "oversized", "A body beyond the limit is 413", "create-chat takes 262144 bytes; 413 `Request body too large.`"
)
async def oversized(lab: Lab) -> None:
    content = b'{"organization_id":"%b","pad":"%b"}' % (lab.organization.encode(), b"x" * 270_000)
    answer = await lab.caller.request("POST", CHATS, content=content)
    answer.refused(413, "Request body too large.", detail="http: request body too large")


@area.check(
    "json-form", "JSON says that it is", "`Content-Type: application/json; charset=utf-8`, one newline at the end"
)
async def json_form(lab: Lab) -> None:
    for answer in (await lab.caller.get(_BUILD), await lab.caller.get("/api/v2/users/me")):
        media_type = answer.expect(200).headers.get("content-type")
        if media_type != "application/json; charset=utf-8":
            raise Failed(f"Content-Type is {media_type!r}; {answer}")
        if not answer.body.endswith(b"\n") or answer.body.endswith(b"\n\n"):
            raise Failed(f"the body does not end with one newline; {answer}")


@area.check("version", "The version header is the build's", "build-info and `X-Coder-Build-Version` say the same")
async def version(lab: Lab) -> None:
    answer = (await lab.caller.get(_BUILD)).expect(200)
    if answer.headers.get("x-coder-build-version") != answer.json["version"]:
        raise Failed(f"X-Coder-Build-Version is {answer.headers.get('x-coder-build-version')!r}; {answer}")


@area.check("doubled-slashes", "Doubled slashes count as one", "paths with `//` are tolerated")
async def doubled_slashes(lab: Lab) -> None:
    (await lab.caller.get("//api//v2//buildinfo")).expect(200)
