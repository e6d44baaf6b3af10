"""A real OAuth2 authorization server for tests, idpyoidc's, and beside it an MCP server's word on who protects it.

It signs in whomever `person` names, at once and without a page, registers clients (RFC 7591), rotates refresh tokens
and revokes (RFC 7009). What a broken or hostile server would do is done to its real answers. Every token and secret
that it gives is a canary.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs

import uvicorn
from idpyoidc.server import Server
from idpyoidc.server.configure import ASConfiguration
from idpyoidc.server.exception import ClientAuthenticationError
from idpyoidc.server.oidc.registration import Registration
from idpyoidc.server.token.exception import UnknownToken
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from palaver.server import listen
from tests.support.canaries import CANARIES

MCP_PATH = "/tools/mcp"
SCOPES = ["tools", "offline_access"]
MACHINE = "warehouse"
MACHINE_SECRET = "the-secret-of-a-machine-that-nobody-else-knows"
SECRETS = ("access_token", "refresh_token", "client_secret")

Answer = Callable[[dict[str, str]], Response | None]


class KeyedRegistration(Registration):
    """idpyoidc's, which trips over clients that have brought no keys: they get theirs a little sooner."""

    def do_client_registration(self, request: Any, client_id: str, ignore: list[str] | None = None) -> Any:
        """Register a client that has an id and a secret."""
        client = self.upstream_get("context").cdb[client_id]
        self.upstream_get("attribute", "keyjar").add_symmetric(client_id, client["client_secret"])
        return super().do_client_registration(request, client_id, ignore)


class AuthorizationServer:
    """One server; counts the requests that it gets, by path, and keeps the tokens that it was shown."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self._server = self._build()
        self.reset()

    def reset(self) -> None:
        """Nothing was asked, and everything is honest and quick."""
        self.person = "somebody"
        self.requests: dict[str, int] = {}
        self.forms: list[dict[str, str]] = []
        """What the token and revocation endpoints got, in order."""
        self.delay = 0.0
        """Seconds until tokens are renewed."""
        self.instead: Answer | None = None
        """What the token endpoint answers to a form instead of the truth, where it is not None."""
        self.refuses_revocation = False
        self.metadata: dict[str, Any] = {}
        """What its metadata say instead of the truth; None for what they do not say."""
        self.resource: dict[str, Any] | None = {}
        """The same for the MCP server's; None: it has none."""
        self.challenge = True
        """Whether the MCP server names its metadata to who has no token."""

    @property
    def mcp_url(self) -> str:
        """The address of the MCP server that it protects."""
        return f"{self.issuer}{MCP_PATH}"

    def whose(self, token: str) -> str | None:
        """Who has given a client the access token; None for one that is not good (any more)."""
        sessions = self._server.context.session_manager
        try:
            found = sessions.get_session_info_by_token(token, grant=True, handler_key="access_token")
        except (KeyError, ValueError, UnknownToken):
            return None
        return str(found["user_id"]) if found["grant"].get_token(token).is_active() else None

    def withdraw(self, token: str) -> None:
        """Let the grant end that an access token comes from, as its user may do at any time."""
        sessions = self._server.context.session_manager
        found = sessions.get_session_info_by_token(token, grant=True, handler_key="access_token")
        for issued in found["grant"].issued_token:
            issued.revoke()

    def renewals(self) -> list[str]:
        """The refresh tokens that were presented, in order."""
        return [form["refresh_token"] for form in self.forms if "refresh_token" in form]

    def routes(self) -> list[Route]:
        """Where both answer."""
        return [
            Route("/.well-known/oauth-authorization-server", self._metadata),
            Route("/authorization", self._authorize),
            Route("/token", self._token, methods=["POST"]),
            Route("/revocation", self._revoke, methods=["POST"]),
            Route("/registration", self._register, methods=["POST"]),
            Route(f"/.well-known/oauth-protected-resource{MCP_PATH}", self._resource),
            Route(MCP_PATH, self._mcp, methods=["GET", "POST"]),
        ]

    # ---- the MCP server ----

    async def _mcp(self, request: Request) -> Response:
        self._count(request)
        where = f"{self.issuer}/.well-known/oauth-protected-resource{MCP_PATH}"
        named = f', resource_metadata="{where}"' if self.challenge else ""
        return Response("", 401, {"WWW-Authenticate": f'Bearer error="invalid_token"{named}'})

    async def _resource(self, request: Request) -> Response:
        self._count(request)
        if self.resource is None:
            return Response("", 404)
        document = {"resource": self.mcp_url, "authorization_servers": [self.issuer], "scopes_supported": ["tools"]}
        return JSONResponse({**document, **self.resource})

    # ---- the authorization server ----

    def _count(self, request: Request) -> None:
        path = request.url.path
        self.requests[path] = self.requests.get(path, 0) + 1

    async def _metadata(self, request: Request) -> Response:
        self._count(request)
        document = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorization",
            "token_endpoint": f"{self.issuer}/token",
            "revocation_endpoint": f"{self.issuer}/revocation",
            "registration_endpoint": f"{self.issuer}/registration",
            "response_types_supported": ["code"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "scopes_supported": SCOPES,
            **self.metadata,
        }
        return JSONResponse({name: value for name, value in document.items() if value is not None})

    async def _register(self, request: Request) -> Response:
        self._count(request)
        endpoint = self._server.get_endpoint("registration")
        answer = endpoint.process_request(endpoint.parse_request((await request.body()).decode()))
        if "error" in answer:
            return JSONResponse(answer.to_dict(), 400)
        client = answer["response_args"].to_dict()
        self._server.context.cdb[client["client_id"]]["allowed_scopes"] = SCOPES
        return self._given(client, 201)

    async def _authorize(self, request: Request) -> Response:
        self._count(request)
        self._server.context.authn_broker["anon"]["method"].user = self.person
        endpoint = self._server.get_endpoint("authorization")
        parsed = endpoint.parse_request(dict(request.query_params), http_info=_http_info(request))
        if "error" in parsed:
            return JSONResponse(dict(parsed), 400)
        answer = endpoint.process_request(parsed, http_info=_http_info(request))
        if "error" in answer:
            return JSONResponse({"error": str(answer["error"])}, 400)
        said = endpoint.do_response(request=parsed, **answer)
        return RedirectResponse(said["response"], 302)

    async def _token(self, request: Request) -> Response:
        self._count(request)
        form = await _form(request)
        self.forms.append(form)
        if self.instead is not None and (said := self.instead(form)) is not None:
            return said
        if "refresh_token" in form:
            await asyncio.sleep(self.delay)
        if form["grant_type"] == "client_credentials":
            # idpyoidc trips over the session of a machine that comes again.
            self._server.context.session_manager.delete(["client_credentials", MACHINE])
        answer = self._answer("token", form, request)
        if "error" in answer:
            return JSONResponse(answer, 401 if answer["error"] == "invalid_client" else 400)
        # idpyoidc calls a machine's token by its class.
        return self._given({**answer, "token_type": "Bearer"}, 200)

    async def _revoke(self, request: Request) -> Response:
        self._count(request)
        form = await _form(request)
        self.forms.append(form)
        if self.refuses_revocation:
            return JSONResponse({"error": "unsupported_token_type"}, 400)
        answer = self._answer("token_revocation", form, request)
        return JSONResponse(answer, 400 if "error" in answer else 200)

    def _answer(self, name: str, form: dict[str, str], request: Request) -> dict[str, Any]:
        endpoint = self._server.get_endpoint(name)
        try:
            parsed = endpoint.parse_request(form, http_info=_http_info(request))
        except ClientAuthenticationError:
            return {"error": "invalid_client"}
        if "error" in parsed:
            return dict(parsed)
        answer = endpoint.process_request(parsed, issue_refresh=True)
        if "error" in answer:
            return dict(answer)
        said = endpoint.do_response(request=parsed, **answer)["response"]
        document: dict[str, Any] = json.loads(said) if said.startswith("{") else {}
        return document

    def _given(self, document: dict[str, Any], status: int) -> Response:
        for name in SECRETS:
            if name in document:
                CANARIES.learn(document[name])
        return JSONResponse(document, status)

    def _build(self) -> Server:
        token = {
            "class": "idpyoidc.server.token.jwt_token.JWTToken",
            "kwargs": {"lifetime": 3600, "add_claims": [], "aud": [self.issuer]},
        }
        mints = {"supports_minting": ["access_token", "refresh_token"]}
        methods = ["client_secret_basic", "client_secret_post"]
        configuration = {
            "issuer": self.issuer,
            "httpc_params": {"verify": False},
            "key_conf": {"key_defs": [{"type": "EC", "crv": "P-256", "use": ["sig"]}]},
            "scopes_supported": SCOPES,
            "token_handler_args": {
                "key_conf": {"key_defs": [{"type": "oct", "bytes": 24, "use": ["enc"], "kid": "code"}]},
                "code": {"lifetime": 600, "kwargs": {"crypt_conf": _crypt()}},
                "token": token,
                "refresh": {**token, "kwargs": {"lifetime": 86400, "aud": [self.issuer]}},
            },
            "endpoint": {
                "authorization": {
                    "path": "authorization",
                    "class": "idpyoidc.server.oauth2.authorization.Authorization",
                    "kwargs": {"response_types_supported": ["code"]},
                },
                "token": {
                    "path": "token",
                    "class": "idpyoidc.server.oauth2.token.Token",
                    "kwargs": {"client_authn_method": methods, "revoke_refresh_on_issue": True},
                },
                "token_revocation": {
                    "path": "revocation",
                    "class": "idpyoidc.server.oauth2.token_revocation.TokenRevocation",
                    "kwargs": {"client_authn_method": methods},
                },
                "registration": {
                    "path": "registration",
                    "class": "tests.support.authorization_server.KeyedRegistration",
                    "kwargs": {"client_authn_method": ["none"], "client_secret_expires": False},
                },
            },
            "authentication": {
                "anon": {
                    "acr": "urn:oasis:names:tc:SAML:2.0:ac:classes:InternetProtocolPassword",
                    "class": "idpyoidc.server.user_authn.user.NoAuthn",
                    "kwargs": {"user": "nobody"},
                }
            },
            "authz": {
                "class": "idpyoidc.server.authz.AuthzHandling",
                "kwargs": {
                    "grant_config": {
                        "usage_rules": {
                            "authorization_code": {**mints, "max_usage": 1},
                            "access_token": {},
                            "refresh_token": mints,
                        },
                        "expires_in": 43200,
                    }
                },
            },
            "add_ons": {
                "pkce": {
                    "function": "idpyoidc.server.oauth2.add_on.pkce.add_support",
                    "kwargs": {"essential": True, "code_challenge_methods": {"S256": True}},
                }
            },
            "session_params": {"encrypter": _crypt()},
        }
        server = Server(ASConfiguration(conf=configuration, base_path="."), cwd=".")
        server.context.cdb[MACHINE] = {
            "client_id": MACHINE,
            "client_secret": MACHINE_SECRET,
            "token_endpoint_auth_method": "client_secret_post",
            "grant_types_supported": ["client_credentials"],
            "allowed_scopes": ["stock"],
        }
        return server


@asynccontextmanager
async def run_authorization_server() -> AsyncIterator[AuthorizationServer]:
    """One on a free port, until the block ends."""
    listener = listen("127.0.0.1", 0)
    server = AuthorizationServer(f"http://127.0.0.1:{listener.getsockname()[1]}")
    http = uvicorn.Server(uvicorn.Config(Starlette(routes=server.routes()), lifespan="off", log_config=None))
    serving = asyncio.create_task(http.serve(sockets=[listener]), name="authorization-server")
    try:
        while not http.started:
            await asyncio.sleep(0.005)
        yield server
    finally:
        http.should_exit = True
        await serving


async def _form(request: Request) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}


def _http_info(request: Request) -> dict[str, Any]:
    return {"headers": dict(request.headers), "method": request.method, "url": str(request.url), "cookie": []}


def _crypt() -> dict[str, Any]:
    keys = {"key_defs": [{"type": "OCT", "use": ["enc"], "kid": kid} for kid in ("password", "salt")]}
    return {"kwargs": {"keys": keys, "iterations": 1}}
