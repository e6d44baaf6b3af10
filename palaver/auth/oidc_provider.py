"""One OpenID provider over HTTP: its metadata and keys, the exchange of codes and refresh tokens, its ID tokens.

Authlib speaks OAuth 2.0 over httpx2, joserfc verifies signatures. Metadata and keys are remembered for an hour; an
unknown key makes them be asked for again, a few times a minute at most, so that forged tokens cause no flood.
"""

import asyncio
import ssl
import time
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

import httpx2
import orjson
import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import ExpiredTokenError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from palaver.auth.oidc_sign_in import SignIn
from palaver.errors.oidc import CodeRefused, InvalidIdToken, NoProviderToken, ProviderUnavailable
from palaver.settings import Settings

SIGNING_ALGORITHMS: Final = (
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519",
)  # fmt: skip
"""Public-key signatures only: neither `none`, nor HMAC, for which a public key could be taken as the secret."""

TIMEOUT_SECONDS: Final = 10.0
CACHE_SECONDS: Final = 3600.0
KEY_REFRESHES_PER_MINUTE: Final = 3
CLOCK_SKEW_SECONDS: Final = 30
_MAX_ANSWER_BYTES: Final = 1_048_576
_MAX_SUBJECT: Final = 255
_NOT_THE_PERSONS_FAULT: Final = frozenset(
    {"invalid_client", "unauthorized_client", "server_error", "temporarily_unavailable", "slow_down"}
)
"""Errors of the token endpoint that tell of this server or of the provider, not of the code or token."""
_KEY_TYPES: Final = frozenset({"RSA", "EC", "OKP"})

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the provider publishes about itself, of the issuer that was configured."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None
    algorithms: tuple[str, ...]
    secret_in_body: bool
    """Whether the client's secret goes into the form, since the provider does not take it as Basic."""
    names_issuer: bool
    """Whether its answers to browsers always carry `iss` (RFC 9207)."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The answer of the token endpoint; `expires_in` in seconds, None when the provider does not say."""

    access_token: str
    refresh_token: str | None
    id_token: str | None
    expires_in: float | None


class OidcProvider:
    """The configured provider. One per process; nothing is asked of it before the first sign-in. Close it at the end.

    Every method raises ProviderUnavailable when the provider does not answer as one, within ten seconds.
    """

    def __init__(self, settings: Settings) -> None:
        assert settings.oidc_issuer_url is not None
        self.issuer: str = settings.oidc_issuer_url
        self._client_id = settings.oidc_client_id
        secret = settings.oidc_client_secret
        self._client_secret = secret.get_secret_value() if secret else None
        self._scope = " ".join(settings.oidc_scopes.replace(",", " ").split())
        self._extra_claims = tuple(filter(None, (settings.oidc_groups_claim, settings.oidc_roles_claim)))
        self._tls: ssl.SSLContext | None = None
        self._http: httpx2.AsyncClient | None = None
        self._asking = asyncio.Lock()
        self._metadata: tuple[float, Metadata] | None = None
        self._keys: tuple[float, KeySet] | None = None
        self._refreshes: deque[float] = deque(maxlen=KEY_REFRESHES_PER_MINUTE)
        self._failure: tuple[float, str] | None = None

    async def close(self) -> None:
        """Close the connections."""
        if self._http is not None:
            await self._http.aclose()

    async def authorization_url(self, sign_in: SignIn) -> str:
        """Where the browser goes to sign in."""
        metadata = await self.metadata()
        # OpenID Connect Core, section 11: tokens for when the person is away are asked for with its consent.
        prompt = {"prompt": "consent"} if "offline_access" in self._scope.split() else {}
        async with self._oauth(metadata) as client:
            url, _ = client.create_authorization_url(
                metadata.authorization_endpoint,
                state=sign_in.state,
                code_verifier=sign_in.code_verifier,
                nonce=sign_in.nonce,
                redirect_uri=sign_in.redirect_uri,
                **prompt,
            )
        return str(url)

    async def check_issuer(self, named: str) -> None:
        """Refuse an answer whose `iss` is another provider's, or is empty where this one always sends it.

        Raises InvalidIdToken.
        """
        if named != self.issuer and (named or (await self.metadata()).names_issuer):
            raise InvalidIdToken("The answer comes from another issuer.")

    async def exchange(self, code: str, sign_in: SignIn) -> Tokens:
        """Tokens for an authorization code. Raises CodeRefused."""
        metadata = await self.metadata()
        async with self._oauth(metadata) as client:
            call = client.fetch_token(
                metadata.token_endpoint,
                grant_type="authorization_code",
                code=code,
                code_verifier=sign_in.code_verifier,
                redirect_uri=sign_in.redirect_uri,
            )
            try:
                answer = await self._answer(call)
            except AuthlibBaseError as error:
                raise CodeRefused(detail=_told(error)) from error
        return _tokens(answer)

    async def refresh(self, refresh_token: str) -> Tokens:
        """New tokens for a refresh token, which may be void from then on. Raises NoProviderToken."""
        metadata = await self.metadata()
        async with self._oauth(metadata) as client:
            # Without a scope the provider grants what it has granted before.
            client.scope = None
            try:
                answer = await self._answer(client.refresh_token(metadata.token_endpoint, refresh_token=refresh_token))
            except AuthlibBaseError as error:
                raise NoProviderToken(detail=_told(error)) from error
        return _tokens(answer)

    async def claims(self, tokens: Tokens, nonce: str) -> dict[str, Any]:
        """The verified claims of a new sign-in, with those of the userinfo endpoint where some are wanting.

        Raises InvalidIdToken.
        """
        if tokens.id_token is None:
            raise InvalidIdToken("There is none.")
        claims = await self._verified(tokens.id_token, nonce, tokens.access_token)
        metadata = await self.metadata()
        wanted = ("email", *self._extra_claims)
        if metadata.userinfo_endpoint is not None and any(name not in claims for name in wanted):
            headers = {"Authorization": f"Bearer {tokens.access_token}"}
            further = await self._get(metadata.userinfo_endpoint, "userinfo", headers)
            # Another subject's claims would make somebody else of who signs in.
            if further.get("sub") != claims["sub"]:
                raise InvalidIdToken("The userinfo endpoint tells of another subject.")
            claims = {**further, **claims}
        return claims

    async def metadata(self) -> Metadata:
        """The provider's metadata, at most an hour old."""
        known = self._metadata
        if known is not None and time.monotonic() < known[0] + CACHE_SECONDS:
            return known[1]
        async with self._asking_once():
            if self._metadata is known:
                url = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
                self._metadata = (time.monotonic(), self._checked(await self._get(url, "metadata")))
                self._keys = None
            assert self._metadata is not None
            return self._metadata[1]

    # ---- ID tokens ----

    async def _verified(self, id_token: str, nonce: str, access_token: str) -> dict[str, Any]:
        metadata = await self.metadata()
        keys = await self._key_set(metadata)
        registry = JWSRegistry(algorithms=list(metadata.algorithms), strict_check_header=False)
        try:
            try:
                token = jwt.decode(id_token, keys, registry=registry)
            except InvalidKeyIdError:
                token = jwt.decode(id_token, await self._newer_keys(metadata, keys), registry=registry)
            claims = CodeIDToken(
                token.claims,
                token.header,
                {
                    "iss": {"essential": True, "value": self.issuer},
                    "aud": {"essential": True, "value": self._client_id},
                    "sub": {"essential": True},
                    "exp": {"essential": True},
                    "iat": {"essential": True},
                },
                {"nonce": nonce, "client_id": self._client_id, "access_token": access_token},
            )
            claims.validate(leeway=CLOCK_SKEW_SECONDS)
        except ExpiredTokenError as error:
            raise InvalidIdToken("It has expired.") from error
        except JoseError as error:
            _log.warning("An ID token was refused.", action="oidc_sign_in", reason=error.error)
            claim = getattr(error, "claim", None)
            raise InvalidIdToken(f"{error.error}: {claim}" if claim else error.error) from error
        except (ValueError, TypeError) as error:
            raise InvalidIdToken("It is malformed.") from error
        if len(claims["sub"]) > _MAX_SUBJECT:
            raise InvalidIdToken("Its subject is too long.")
        return dict(claims)

    async def _key_set(self, metadata: Metadata) -> KeySet:
        known = self._keys
        if known is not None and time.monotonic() < known[0] + CACHE_SECONDS:
            return known[1]
        async with self._asking_once():
            if self._keys is known:
                self._keys = (time.monotonic(), await self._fetch_keys(metadata))
            assert self._keys is not None
            return self._keys[1]

    async def _newer_keys(self, metadata: Metadata, known: KeySet) -> KeySet:
        """The keys as they are now, for a token signed by a key that is not among `known`; `known` once that has been
        asked for too often."""
        async with self._asking_once():
            now = time.monotonic()
            if self._keys is not None and self._keys[1] is not known:
                return self._keys[1]
            if len(self._refreshes) == KEY_REFRESHES_PER_MINUTE and now - self._refreshes[0] < 60:
                return known
            self._refreshes.append(now)
            self._keys = (now, await self._fetch_keys(metadata))
            return self._keys[1]

    async def _fetch_keys(self, metadata: Metadata) -> KeySet:
        document = await self._get(metadata.jwks_uri, "keys")
        listed = document.get("keys")
        # A secret among public keys must never verify anything; keys for encryption do not sign.
        usable = [
            key
            for key in (listed if isinstance(listed, list) else [])
            if isinstance(key, dict) and key.get("kty") in _KEY_TYPES and key.get("use", "sig") == "sig"
        ]
        try:
            return KeySet.import_key_set({"keys": usable})
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise ProviderUnavailable("Its keys cannot be used.") from error

    @asynccontextmanager
    async def _asking_once(self) -> AsyncIterator[None]:
        """One at a time asks the provider. Who waited while that failed is told so, instead of trying as long again."""
        began = time.monotonic()
        async with self._asking:
            if self._failure is not None and self._failure[0] >= began:
                raise ProviderUnavailable(self._failure[1])
            try:
                yield
            except ProviderUnavailable as error:
                self._failure = (time.monotonic(), error.detail or "")
                raise

    # ---- the wire ----

    def _checked(self, document: Mapping[str, Any]) -> Metadata:
        """The metadata, if it is this issuer's and complete. Raises ProviderUnavailable."""
        if document.get("issuer") != self.issuer:
            raise ProviderUnavailable("Its metadata names another issuer than PALAVER_OIDC_ISSUER_URL does.")
        endpoints = {}
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"):
            url = document.get(name)
            if url is None and name == "userinfo_endpoint":
                continue
            # Plain HTTP is for a provider on the same machine; one with TLS does not send secrets over the open road.
            schemes = ("https://",) if self.issuer.startswith("https://") else ("https://", "http://")
            if not isinstance(url, str) or not url.startswith(schemes):
                raise ProviderUnavailable(f"Its metadata has no usable {name}.")
            endpoints[name] = url
        named = document.get("id_token_signing_alg_values_supported", ["RS256"])
        supported = named if isinstance(named, list) else []
        methods = document.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        return Metadata(
            issuer=self.issuer,
            authorization_endpoint=endpoints["authorization_endpoint"],
            token_endpoint=endpoints["token_endpoint"],
            jwks_uri=endpoints["jwks_uri"],
            userinfo_endpoint=endpoints.get("userinfo_endpoint"),
            algorithms=tuple(algorithm for algorithm in SIGNING_ALGORITHMS if algorithm in supported),
            secret_in_body="client_secret_basic" not in methods,
            names_issuer=document.get("authorization_response_iss_parameter_supported") is True,
        )

    def _oauth(self, metadata: Metadata) -> Any:
        """A client for one exchange: it remembers tokens, so it is never shared."""
        method = "client_secret_post" if metadata.secret_in_body else "client_secret_basic"
        return AsyncOAuth2Client(
            client_id=self._client_id,
            client_secret=self._client_secret,
            token_endpoint_auth_method=method if self._client_secret else "none",
            scope=self._scope,
            code_challenge_method="S256",
            timeout=TIMEOUT_SECONDS,
            follow_redirects=False,
            verify=self._tls_context(),
        )

    async def _answer(self, call: Any) -> Mapping[str, Any]:
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                answer = await call
        except TimeoutError as error:
            raise ProviderUnavailable("It did not answer in time.") from error
        except AuthlibBaseError as error:
            if error.error in _NOT_THE_PERSONS_FAULT:
                raise ProviderUnavailable(_told(error)) from error
            raise
        except (httpx2.HTTPError, ValueError) as error:
            raise ProviderUnavailable(_failure(error)) from error
        if not isinstance(answer, Mapping):
            raise ProviderUnavailable("Its answer is no JSON object.")
        return answer

    async def _get(self, url: str, what: str, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
        """A JSON object from the provider, no larger than a mebibyte."""
        if self._http is None:
            self._http = httpx2.AsyncClient(timeout=TIMEOUT_SECONDS, verify=self._tls_context())
        body = bytearray()
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS), self._http.stream("GET", url, headers=headers) as response:
                response.raise_for_status()
                async for chunk in response.aiter_bytes():
                    body += chunk
                    if len(body) > _MAX_ANSWER_BYTES:
                        raise ProviderUnavailable(f"Its {what} are too large.")
            document = orjson.loads(body)
        except TimeoutError as error:
            raise ProviderUnavailable(f"Its {what} did not come in time.") from error
        except (httpx2.HTTPError, orjson.JSONDecodeError) as error:
            raise ProviderUnavailable(f"Its {what} could not be read: {_failure(error)}") from error
        if not isinstance(document, dict):
            raise ProviderUnavailable(f"Its {what} are no JSON object.")
        return document

    def _tls_context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = httpx2.create_ssl_context()
        return self._tls


def _tokens(answer: Mapping[str, Any]) -> Tokens:
    access_token, kind = answer.get("access_token"), answer.get("token_type")
    if not isinstance(access_token, str) or not access_token or not isinstance(kind, str) or kind.lower() != "bearer":
        raise ProviderUnavailable("Its answer has no bearer token.")
    refresh_token, id_token, expires_in = (answer.get(name) for name in ("refresh_token", "id_token", "expires_in"))
    if isinstance(expires_in, str) and expires_in.isdigit():
        expires_in = int(expires_in)
    numeric = isinstance(expires_in, int | float) and not isinstance(expires_in, bool)
    return Tokens(
        access_token,
        refresh_token if isinstance(refresh_token, str) and refresh_token else None,
        id_token if isinstance(id_token, str) and id_token else None,
        float(expires_in) if numeric and 0 <= expires_in < 1e9 else None,  # type: ignore[operator, arg-type]
    )


def _told(error: AuthlibBaseError) -> str:
    """What the provider said: an error code, with its description cut to a line."""
    return " ".join(f"{error.error}: {error.description}".split())[:300].rstrip(": ")


def _failure(error: Exception) -> str:
    """What went wrong on the way, without the URL's query or any header."""
    if isinstance(error, httpx2.HTTPStatusError):
        return f"status {error.response.status_code}."
    return f"{type(error).__name__}."
