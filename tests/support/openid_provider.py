"""A real OpenID provider for tests: idpyoidc's, served over HTTP in the test's own loop.

It signs in whomever `person` names, at once and without a page. What a broken or hostile provider would do is done to
its real answers: `forge` changes ID tokens before they are signed, `sign_with` signs them otherwise.
"""

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import uvicorn
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptojwt.key_jar import init_key_jar
from idpyoidc.server import Server
from idpyoidc.server.configure import OPConfiguration
from idpyoidc.server.exception import ClientAuthenticationError
from joserfc import jws
from joserfc.jwk import JWKRegistry, Key
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from palaver.server import listen

CLIENT_ID = "palaver"
CLIENT_SECRET = "a-secret-that-only-the-provider-and-the-server-know"
KEY_DEFINITIONS = [{"type": "RSA", "use": ["sig"]}, {"type": "EC", "crv": "P-256", "use": ["sig"]}]

Claims = dict[str, Any]
Signer = Callable[[dict[str, Any], Claims], str]


class OpenIdProvider:
    """One provider with its people (subject -> claims); counts the requests that it gets, by path."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.people: dict[str, Claims] = {}
        self.reset()
        self._server = self._build()

    def reset(self) -> None:
        """Nobody is known, nothing was asked, and everything is honest."""
        self.people.clear()
        self.person = ""
        self.requests: dict[str, int] = {}
        self.refresh_tokens: list[str] = []
        """Those that were presented, in order."""
        self.refresh_delay = 0.0
        self.down = False
        self.hangs = 0.0
        """Seconds until its metadata come."""
        self.tells_less: set[str] = set()
        """Keys that its metadata does not have."""
        self.says: dict[str, Any] = {}
        """What its metadata says instead of the truth."""
        self.published_keys: dict[str, Any] | None = None
        """Instead of its keys."""
        self.forge: Callable[[Claims], None] | None = None
        self.sign_with: Signer | None = None

    def register(self, redirect_uri: str) -> None:
        """Let the client's sign-ins come back to this address."""
        context = self._server.context
        context.cdb[CLIENT_ID]["redirect_uris"].append((redirect_uri, None))

    def add(self, subject: str, **claims: Any) -> None:
        """A person, who is the next to sign in."""
        self.people[subject] = {"sub": subject, **claims}
        self.person = subject

    def rotate_keys(self) -> None:
        """Sign with new keys from now on, and publish no old one."""
        jar = init_key_jar(key_defs=KEY_DEFINITIONS, issuer_id=self.issuer)
        for owner in ("", self.issuer):
            self._server.keyjar[owner] = jar[self.issuer]

    @property
    def signing_key(self) -> Key:
        """The RSA key that its ID tokens are signed with."""
        key = next(key for key in self._server.keyjar.get_signing_key("RSA", "") if key.kid)
        text = key.priv_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return JWKRegistry.import_key(text, "RSA", {"kid": key.kid})

    # ---- the endpoints ----

    def routes(self) -> list[Route]:
        """Where it answers."""
        return [
            Route("/.well-known/openid-configuration", self._metadata),
            Route("/jwks.json", self._keys),
            Route("/authorization", self._authorize),
            Route("/token", self._token, methods=["POST"]),
            Route("/userinfo", self._userinfo),
        ]

    def _count(self, request: Request) -> None:
        path = request.url.path
        self.requests[path] = self.requests.get(path, 0) + 1

    async def _metadata(self, request: Request) -> Response:
        self._count(request)
        await asyncio.sleep(self.hangs)
        if self.down:
            return Response("<h1>Bad Gateway</h1>", 502)
        endpoint = self._server.get_endpoint("provider_config")
        answer = endpoint.process_request(endpoint.parse_request({}))["response_args"]
        document = {**dict(answer), "jwks_uri": f"{self.issuer}/jwks.json", **self.says}
        return JSONResponse({name: value for name, value in document.items() if name not in self.tells_less})

    async def _keys(self, request: Request) -> Response:
        self._count(request)
        return JSONResponse(self.published_keys or self._server.keyjar.export_jwks(issuer_id=""))

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
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        if "refresh_token" in form:
            self.refresh_tokens.append(form["refresh_token"])
            await asyncio.sleep(self.refresh_delay)
        endpoint = self._server.get_endpoint("token")
        try:
            parsed = endpoint.parse_request(form, http_info=_http_info(request))
        except ClientAuthenticationError:
            return JSONResponse({"error": "invalid_client"}, 401)
        if "error" in parsed:
            return JSONResponse(dict(parsed), 400)
        answer = endpoint.process_request(parsed)
        if "error" in answer:
            return JSONResponse(dict(answer), 400)
        said = json.loads(endpoint.do_response(request=parsed, **answer)["response"])
        if "id_token" in said:
            said["id_token"] = self._resigned(said["id_token"])
        return JSONResponse(said)

    async def _userinfo(self, request: Request) -> Response:
        self._count(request)
        endpoint = self._server.get_endpoint("userinfo")
        parsed = endpoint.parse_request({}, http_info=_http_info(request))
        if "error" in parsed:
            return JSONResponse(dict(parsed), 401)
        answer = endpoint.process_request(parsed, http_info=_http_info(request))
        said = endpoint.do_response(request=parsed, **answer)
        return Response(said["response"], media_type="application/json")

    def _resigned(self, id_token: str) -> str:
        """The ID token, forged as the test wants it."""
        if self.forge is None and self.sign_with is None:
            return id_token
        header, payload = (json.loads(_decoded(part)) for part in id_token.split(".")[:2])
        if self.forge is not None:
            self.forge(payload)
        if self.sign_with is not None:
            return self.sign_with(header, payload)
        return jws.serialize_compact(header, json.dumps(payload), self.signing_key, [header["alg"]])

    def _build(self) -> Server:
        token = {
            "class": "idpyoidc.server.token.jwt_token.JWTToken",
            "kwargs": {"lifetime": 3600, "add_claims": [], "aud": [self.issuer]},
        }
        mints = {"supports_minting": ["access_token", "refresh_token", "id_token"]}
        configuration = {
            "issuer": self.issuer,
            "httpc_params": {"verify": False},
            "key_conf": {"key_defs": KEY_DEFINITIONS},
            "scopes_supported": ["openid", "profile", "email", "offline_access"],
            "subject_types_supported": ["public"],
            "token_handler_args": {
                "key_conf": {"key_defs": [{"type": "oct", "bytes": 24, "use": ["enc"], "kid": "code"}]},
                "code": {"lifetime": 600, "kwargs": {"crypt_conf": _crypt()}},
                "token": token,
                "refresh": {**token, "kwargs": {"lifetime": 86400, "aud": [self.issuer]}},
                "id_token": {"class": "idpyoidc.server.token.id_token.IDToken", "kwargs": {"lifetime": 300}},
            },
            "endpoint": {
                "provider_config": {
                    "path": ".well-known/openid-configuration",
                    "class": "idpyoidc.server.oidc.provider_config.ProviderConfiguration",
                    "kwargs": {},
                },
                "authorization": {
                    "path": "authorization",
                    "class": "idpyoidc.server.oidc.authorization.Authorization",
                    "kwargs": {"response_types_supported": ["code"]},
                },
                "token": {
                    "path": "token",
                    "class": "idpyoidc.server.oidc.token.Token",
                    "kwargs": {
                        "client_authn_method": ["client_secret_basic", "client_secret_post"],
                        "revoke_refresh_on_issue": True,
                    },
                },
                "userinfo": {
                    "path": "userinfo",
                    "class": "idpyoidc.server.oidc.userinfo.UserInfo",
                    "kwargs": {"client_authn_method": ["bearer_header"]},
                },
            },
            "authentication": {
                "anon": {
                    "acr": "urn:oasis:names:tc:SAML:2.0:ac:classes:InternetProtocolPassword",
                    "class": "idpyoidc.server.user_authn.user.NoAuthn",
                    "kwargs": {"user": "nobody"},
                }
            },
            "userinfo": {"class": "idpyoidc.server.user_info.UserInfo", "kwargs": {"db": {}}},
            "scopes_to_claims": {
                "openid": ["sub"],
                "profile": ["name", "preferred_username", "groups", "roles"],
                "email": ["email", "email_verified"],
                "offline_access": [],
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
        server = Server(OPConfiguration(conf=configuration, base_path="."), cwd=".")
        server.context.cdb[CLIENT_ID] = {
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "redirect_uris": [],
            "token_endpoint_auth_method": "client_secret_basic",
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "allowed_scopes": ["openid", "profile", "email", "offline_access"],
        }
        server.context.userinfo.db = self.people
        server.keyjar.add_symmetric(CLIENT_ID, CLIENT_SECRET)
        return server


@asynccontextmanager
async def run_provider() -> AsyncIterator[OpenIdProvider]:
    """A provider on a free port, until the block ends."""
    listener = listen("127.0.0.1", 0)
    provider = OpenIdProvider(f"http://127.0.0.1:{listener.getsockname()[1]}")
    app = Starlette(routes=provider.routes())
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None))
    serving = asyncio.create_task(server.serve(sockets=[listener]), name="openid-provider")
    try:
        while not server.started:
            await asyncio.sleep(0.005)
        yield provider
    finally:
        server.should_exit = True
        await serving


def _http_info(request: Request) -> dict[str, Any]:
    return {"headers": dict(request.headers), "method": request.method, "url": str(request.url), "cookie": []}


def _crypt() -> dict[str, Any]:
    keys = {"key_defs": [{"type": "OCT", "use": ["enc"], "kid": kid} for kid in ("password", "salt")]}
    return {"kwargs": {"keys": keys, "iterations": 1}}


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def query_of(url: str) -> dict[str, str]:
    """The query of a URL, one value a name."""
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
