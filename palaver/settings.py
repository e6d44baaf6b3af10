"""Every setting of the server: one typed, frozen object, read once from `PALAVER_*` variables and handed in.

Units are part of the names. The defaults that the wire knows come from the contract's limits.
"""

import re
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from palaver.auth.roles import SITE_ROLES
from palaver.files.stores import DATABASE, S3_NEEDS, parse_location

ENV_PREFIX = "PALAVER_"

EXPERIMENTS = ("chat-advisor",)
"""What this release can try out."""

_ORIGIN = re.compile(r"https?://([a-z0-9._-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?")
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


class Settings(BaseSettings):
    """Everything Palaver reads from its environment, once, at start-up.

    Raises pydantic's ValidationError, naming the field, when a value does not fit.
    """

    model_config = SettingsConfigDict(env_prefix=ENV_PREFIX, frozen=True, extra="ignore", hide_input_in_errors=True)

    # ---- where things are ----
    database_url: str | None = Field(
        None,
        repr=False,
        description="PostgreSQL to store everything in, postgresql://user:password@host/name. "
        "Unset: an embedded PostgreSQL under the data directory.",
    )
    database_direct_url: str | None = Field(
        None,
        repr=False,
        description="The same database, past a proxy that pools transactions: for what needs a session of its own. "
        "Unset: the database URL is direct.",
    )
    bus_url: str | None = Field(
        None,
        repr=False,
        description="How processes tell each other what happened: redis://host (or rediss://) for Redis or Valkey; "
        "local: not at all, they find out from the database. Unset: over PostgreSQL.",
    )
    data_dir: Path = Field(
        Path("palaver-data"), description="Directory of the embedded PostgreSQL and of generated keys."
    )
    host: str = Field("127.0.0.1", min_length=1, description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    access_url: str | None = Field(
        None,
        pattern=r"^https?://[^\s/]+",
        description="Public base URL, as browsers see it; decides about Secure cookies.",
    )
    trusted_proxies: str = Field(
        "",
        description="Comma-separated proxy addresses whose X-Forwarded-For and -Proto are believed; empty: nobody's.",
    )
    allowed_origins: str = Field(
        "",
        description="Comma-separated origins (https://chat.example.com) whose pages may call this server from a "
        "browser, with a token and never by cookie; empty: only pages of its own.",
    )

    # ---- what this process does ----
    workers: int = Field(1, ge=1, le=64, description="Processes of one `palaver serve`, behind one address.")
    role: Literal["all", "api", "worker"] = Field(
        "all", description="What these processes do: answer requests, run turns, or both."
    )
    processor: Literal["enabled", "disabled"] = Field(
        "enabled", description="Whether turns run at all; disabled refuses what would start one."
    )
    pool_size: int = Field(10, ge=2, le=500, description="Database connections of one process.")
    embedded_max_connections: int | None = Field(
        None,
        ge=10,
        le=1000,
        description="max_connections of the embedded PostgreSQL. Unset: 60, or more when the processes need it.",
    )
    shutdown_grace_seconds: float = Field(
        10.0, ge=0, description="How long a stopping server waits for requests and turns in flight."
    )

    # ---- attachments ----
    files_url: str = Field(
        DATABASE,
        description="Where the bytes of uploaded files go: database, file:///directory, or "
        "s3://bucket/prefix?endpoint=https://host&region=name (needs the extra s3).",
    )
    files_access_key_id: str | None = Field(
        None, min_length=1, description="Access key for S3. Unset: what AWS_* variables or the machine's role give."
    )
    files_secret_access_key: SecretStr | None = Field(None, description="Secret of the access key for S3.")
    files_session_token: SecretStr | None = Field(None, description="Session token of the access key, if it has one.")

    # ---- secrets and sign-in ----
    secret_keys: SecretStr | None = Field(
        None,
        description="Comma-separated Fernet keys that encrypt stored credentials, newest first. "
        "Unset: a key file in the data directory.",
    )
    session_lifetime_hours: float = Field(24, gt=0, description="Lifetime of a session after its last use.")
    session_refresh: bool = Field(True, description="Whether use extends a session.")
    token_max_lifetime_hours: float = Field(876_600, gt=0, description="Longest lifetime of a token.")
    token_max_lifetime_owner_hours: float = Field(168, gt=0, description="Longest lifetime of an owner's token.")
    secure_cookies: bool | None = Field(
        None, description="Whether cookies carry Secure. Unset: when the access URL is https."
    )
    disable_password_auth: bool = Field(False, description="Refuse sign-in by password, except for owners.")
    user_provider_keys: Literal["allowed", "required", "disabled"] = Field(
        "allowed",
        description="Users' own API keys of providers. allowed: a user's own key goes before the provider's; required: "
        "only own keys are used; disabled: none can be stored or used.",
    )
    chat_sharing: bool = Field(True, description="Whether chats may be shared with other users.")

    # ---- sign-in by an OpenID provider ----
    oidc_issuer_url: str | None = Field(
        None,
        pattern=r"^https?://[^\s/?#]+[^\s?#]*$",
        description="OpenID provider to sign in with, exactly as it names itself; unset: none.",
    )
    oidc_client_id: str | None = Field(None, min_length=1, description="What the provider calls this server.")
    oidc_client_secret: SecretStr | None = Field(
        None, description="Secret agreed with the provider. Unset: a public client, which has PKCE alone."
    )
    oidc_scopes: str = Field(
        "openid profile email",
        description="What is asked of the provider, separated by spaces or commas; "
        "offline_access, where the provider knows it, for tokens that can be refreshed.",
    )
    oidc_sign_ups: bool = Field(True, description="Whether a first sign-in by the provider creates a user.")
    oidc_email_domains: str = Field(
        "", description="Comma-separated domains of the e-mail addresses that may sign in; empty: all."
    )
    oidc_require_verified_email: bool = Field(
        True, description="Whether the provider must say that it has verified the e-mail address."
    )
    oidc_groups_claim: str = Field(
        "",
        description="Claim with the names of a user's groups in the default organization, set at each sign-in; "
        "empty: groups are kept by hand.",
    )
    oidc_group_mapping: dict[str, str] = Field(
        default_factory=dict,
        description="JSON object from the provider's group names to ours; others keep their name.",
    )
    oidc_roles_claim: str = Field(
        "", description="Claim with a user's site roles, set at each sign-in; empty: roles are kept by hand."
    )
    oidc_role_mapping: dict[str, list[str]] = Field(
        default_factory=dict,
        description="JSON object from the provider's role names to lists of site roles; others give none.",
    )
    oidc_sign_in_text: str = Field("OpenID Connect", description="What a sign-in page writes on the provider's button.")
    oidc_icon_url: str = Field("", description="Picture for the provider's button.")

    # ---- what is tried out or looked into ----
    experiments: str = Field("", description="Comma-separated experiments to take part in; there is chat-advisor.")
    chat_debug_logging: bool = Field(
        False, description="Whether the model calls of all chats are recorded, whatever users choose."
    )

    # ---- limits of requests ----
    rate_limits: Literal["on", "off"] = Field("on", description="Whether requests are counted against limits.")
    rate_limit_api: int = Field(512, ge=1, description="Requests a minute per user (or address) and endpoint.")
    rate_limit_login: int = Field(60, ge=1, description="Sign-in and password requests a minute.")
    rate_limit_files: int = Field(12, ge=1, description="File requests a minute.")
    body_limit_bytes: int = Field(
        1_048_576, ge=1024, description="Largest request body of operations for which the contract names no cap."
    )

    # ---- the worker ----
    max_running_chats: int = Field(400, ge=1, description="Chats one process works on at a time.")
    acquisition_seconds: float = Field(
        30,
        gt=0,
        description="Time between searches for chats that nobody works on; at most 10 while the bus reaches no others.",
    )
    acquisition_batch: int = Field(10, ge=1, description="Chats taken over at most per search.")
    heartbeat_seconds: float = Field(9.0, gt=0, description="Time between renewals of a lease.")
    heartbeat_stale_seconds: float = Field(
        30.0, gt=0, description="Age at which a lease has lapsed and another worker may take the chat over."
    )
    runner_sync_seconds: float = Field(
        15.0,
        gt=0,
        description="Time between a runner's looks at its chat's row; at most 10 while the bus reaches no others.",
    )
    task_timeout_seconds: float = Field(900, gt=0, description="Longest time of one step of a turn.")
    steps_per_turn: int = Field(1200, ge=1, description="Assistant messages in one turn at most.")
    requires_action_seconds: float = Field(
        300, gt=0, description="How long a chat waits for the results of client-side tools."
    )
    approval_seconds: float = Field(
        86_400,
        gt=0,
        description="How long a chat waits for its owner's approval of tool calls, which then count as denied.",
    )

    tool_calls_at_once: int = Field(8, ge=1, le=1000, description="Tool calls of one step made at the same time.")

    # ---- the model ----
    model_attempts: int = Field(25, ge=1, description="Attempts at one model call before the turn fails.")
    retry_initial_seconds: float = Field(1.0, gt=0, description="Wait before the first retry; doubles from there.")
    retry_max_seconds: float = Field(60.0, gt=0, description="Longest wait between two retries.")
    stream_silence_seconds: float = Field(600, gt=0, description="Silence after which a model's stream is given up.")

    automatic_texts: Literal["on", "off"] = Field(
        "on",
        description="Whether models title and summarise chats by themselves, in calls of their own; "
        "the demo model never does.",
    )

    # ---- connections to other servers ----
    allow_private_networks: bool = Field(
        False,
        description="Whether configured providers may be in private networks or on this machine (Ollama, vLLM). "
        "Link-local addresses and those of cloud metadata are never connected to.",
    )
    outgoing_ports: tuple[int, ...] = Field(
        (), description="JSON list of the ports that configured providers may be reached at; empty: all."
    )

    # ---- streams ----
    stream_poll_seconds: float = Field(10.0, gt=0, description="Time between an idle stream's looks at its chat.")
    stream_heartbeat_seconds: float = Field(15.0, gt=0, description="Time between heartbeats on a silent stream.")
    stream_buffer_events: int = Field(128, ge=1, description="Events buffered for one viewer.")
    slow_viewer_seconds: float = Field(
        10.0, gt=0, description="How long a viewer may refuse data before it is dropped."
    )
    parts_episode_bytes: int = Field(
        1_048_576, ge=1024, description="Bytes of live parts kept of one model call; later ones are not shown live."
    )
    parts_retention_seconds: float = Field(15.0, ge=0, description="How long the parts of a finished call are kept.")

    # ---- logs ----
    log_format: Literal["auto", "json", "console"] = Field(
        "auto", description="Form of the logs; auto: console on a terminal, else JSON."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least level that is logged.")

    @property
    def oidc_enabled(self) -> bool:
        """Whether users can sign in by an OpenID provider."""
        return self.oidc_issuer_url is not None

    @property
    def cookies_are_secure(self) -> bool:
        """Whether cookies carry Secure: by setting, else when browsers reach the server over TLS."""
        if self.secure_cookies is not None:
            return self.secure_cookies
        return self.access_url is not None and self.access_url.startswith("https://")

    @property
    def other_origins(self) -> tuple[str, ...]:
        """The origins whose pages may call, as browsers write them."""
        return _listed(self.allowed_origins)

    @property
    def enabled_experiments(self) -> tuple[str, ...]:
        """The experiments to take part in, in the order of `EXPERIMENTS`."""
        named = set(_listed(self.experiments))
        return tuple(name for name in EXPERIMENTS if name in named)

    @field_validator("experiments", mode="after")
    @classmethod
    def _are_experiments(cls, value: str) -> str:
        for name in _listed(value):
            if name not in EXPERIMENTS:
                raise ValueError(f"there is no experiment {name!r}; there are {', '.join(EXPERIMENTS)}")
        return value

    @field_validator("allowed_origins", mode="after")
    @classmethod
    def _are_origins(cls, value: str) -> str:
        for origin in _listed(value):
            if not _ORIGIN.fullmatch(origin) or origin.endswith(_DEFAULT_PORTS[origin.partition(":")[0]]):
                raise ValueError(
                    f"{origin!r} is no origin as browsers write it: scheme, host in small letters, and the port unless "
                    "it is the scheme's own; no path, and no * in place of anything"
                )
        return value

    @field_validator("bus_url", mode="after")
    @classmethod
    def _is_a_bus(cls, value: str | None) -> str | None:
        if value is not None and value != "local" and not value.startswith(("redis://", "rediss://")):
            raise ValueError("must be local, or start with redis:// or rediss://")
        return value

    @field_validator("database_url", "database_direct_url", mode="after")
    @classmethod
    def _is_postgresql(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("postgresql://", "postgres://")):
            raise ValueError("must start with postgresql://")
        return value

    @field_validator("files_url", mode="after")
    @classmethod
    def _is_a_location(cls, value: str) -> str:
        location = parse_location(value)
        if location.scheme == "s3" and find_spec("obstore") is None:
            raise ValueError(S3_NEEDS)
        return location.text

    @field_validator("oidc_role_mapping", mode="after")
    @classmethod
    def _maps_to_site_roles(cls, value: dict[str, list[str]]) -> dict[str, list[str]]:
        for role in {role for roles in value.values() for role in roles}:
            if role not in SITE_ROLES:
                raise ValueError(f"there is no site role {role!r}; there are {', '.join(SITE_ROLES)}")
        return value

    @model_validator(mode="after")
    def _has_both_halves_of_the_access_key(self) -> Self:
        if (self.files_access_key_id is None) != (self.files_secret_access_key is None):
            raise ValueError("files_access_key_id and files_secret_access_key belong together")
        return self

    @model_validator(mode="after")
    def _knows_its_provider(self) -> Self:
        if (self.oidc_issuer_url is None) != (self.oidc_client_id is None):
            raise ValueError("oidc_issuer_url and oidc_client_id belong together")
        if "openid" not in self.oidc_scopes.replace(",", " ").split():
            raise ValueError("oidc_scopes must have the scope openid")
        return self

    @model_validator(mode="after")
    def _leases_outlive_heartbeats(self) -> Self:
        if self.heartbeat_stale_seconds <= self.heartbeat_seconds:
            raise ValueError("heartbeat_stale_seconds must be greater than heartbeat_seconds")
        if self.retry_max_seconds < self.retry_initial_seconds:
            raise ValueError("retry_max_seconds must not be less than retry_initial_seconds")
        return self


def _listed(value: str) -> tuple[str, ...]:
    return tuple(filter(None, (one.strip() for one in value.split(","))))
