"""AI providers and their keys."""

import asyncio
from typing import Any

from sqlalchemy import select

from models import AIProvider, AIProviderKey
from tests.api.refusals import FORBIDDEN, NOT_FOUND, NOT_JSON, SIGNED_OUT, Refusal, assert_refused
from tests.support.world import CHATS, World, demo_model, demo_provider, random_id

PROVIDERS = "/api/v2/ai/providers"
OPENAI = {
    "type": "openai",
    "name": "openai",
    "display_name": "OpenAI",
    "enabled": True,
    "base_url": "https://api.openai.com/v1",
    "api_keys": ["sk-first-0123456789abcdef", "sk-second-0123456789abcdef"],
}
BEDROCK = {"_type": "bedrock", "_version": 1, "region": "eu-central-1"}
INVALID = "Invalid AI provider request."
NO_KEYS = "Bedrock providers do not accept api_keys; configure access credentials via settings."
PARAMETER = "Invalid provider id or name: must be a UUID or match ^[a-z0-9]+(-[a-z0-9]+)*$."


def _create(status: int, message: str, *without: str, **rest: Any) -> Refusal:
    known = {"by", "detail", "field", "field_detail"}
    body = {key: value for key, value in {**OPENAI, **rest}.items() if key not in {*known, *without}}
    return Refusal("POST", PROVIDERS, status, message, body, **{key: rest[key] for key in known & rest.keys()})


def _update(status: int, message: str, body: Any, named: str = "stored", **told: str) -> Refusal:
    return Refusal("PATCH", f"{PROVIDERS}/{named}", status, message, body, **told)


CREATION = [
    _create(401, SIGNED_OUT, by="anonymous"),
    _create(403, FORBIDDEN, by="alice"),
    Refusal("POST", PROVIDERS, 400, NOT_JSON, b"nonsense"),
    _create(400, INVALID, "type", field="type", field_detail="type is required"),
    _create(400, INVALID, type="watson", field="type", field_detail='unsupported provider type "watson"'),
    _create(400, INVALID, "name", field="name", field_detail="name is required"),
    _create(400, INVALID, name="", field="name", field_detail="name is required"),
    _create(400, INVALID, name="a" * 129, field="name", field_detail="name must be at most 128 characters"),
    _create(
        400,
        INVALID,
        name="Open AI",
        field="name",
        field_detail="name must match ^[a-z0-9]+(-[a-z0-9]+)*$ (lowercase alphanumeric, hyphens between words)",
    ),
    _create(400, INVALID, "base_url", field="base_url", field_detail="base_url is required"),
    _create(400, INVALID, base_url="", field="base_url", field_detail="base_url is required"),
    *(
        _create(
            400,
            INVALID,
            base_url=url,
            field="base_url",
            field_detail="base_url must be an absolute http or https URL",
        )
        for url in ("ftp://example.com", "example.com", "http://a b", "http://example.com:99999", "http://[::::]")
    ),
    _create(400, INVALID, settings=BEDROCK, field="settings"),
    _create(400, INVALID, api_keys=[""], field="api_keys[0]"),
    _create(400, INVALID, api_keys=["ok", "with space"], field="api_keys[1]"),
    _create(400, INVALID, api_keys=["k"] * 101, field="api_keys"),
    _create(400, NO_KEYS, type="bedrock"),
    _create(409, 'AI provider "stored" already exists.', name="stored", detail="The name is used by another provider."),
]

ONE_OF = "api_keys[0] must set exactly one of id and api_key"
CHANGES = [
    _update(401, SIGNED_OUT, {"enabled": False}, by="anonymous"),
    _update(404, NOT_FOUND, {"enabled": False}, by="alice"),
    _update(404, NOT_FOUND, {"enabled": False}, "nothing"),
    _update(404, NOT_FOUND, {"enabled": False}, "{unknown}"),
    _update(400, PARAMETER, {"enabled": False}, "Not-A-Name"),
    _update(400, "At least one field must be provided.", {}),
    _update(400, "At least one field must be provided.", {"enabled": None}),
    _update(400, "At least one field must be provided.", {"name": "renamed"}),
    _update(400, NOT_JSON, {"enabled": "yes"}),
    _update(400, INVALID, {"base_url": ""}, field="base_url", field_detail="base_url is required"),
    _update(400, INVALID, {"base_url": "http://example.com:70000"}, field="base_url"),
    _update(400, INVALID, {"settings": BEDROCK}, field="settings"),
    _update(400, INVALID, {"api_keys": [{}]}, field="api_keys[0]", field_detail=ONE_OF),
    _update(400, INVALID, {"api_keys": [{"id": "{key}", "api_key": "k"}]}, field="api_keys[0]", field_detail=ONE_OF),
    _update(
        400,
        "api_keys references an unknown id for this provider",
        {"api_keys": [{"id": "{unknown}"}]},
        detail="No key {unknown} is stored for this provider.",
    ),
    _update(400, NO_KEYS, {"api_keys": [{"api_key": "k"}]}, "bedrock"),
    Refusal("GET", f"{PROVIDERS}/stored", 401, SIGNED_OUT, by="anonymous"),
    Refusal("GET", f"{PROVIDERS}/stored", 404, NOT_FOUND, by="alice"),
    Refusal("GET", f"{PROVIDERS}/nothing", 404, NOT_FOUND),
    Refusal("GET", f"{PROVIDERS}/Not-A-Name", 400, PARAMETER),
    Refusal("GET", PROVIDERS, 401, SIGNED_OUT, by="anonymous"),
    Refusal("GET", PROVIDERS, 403, FORBIDDEN, by="alice"),
    Refusal("DELETE", f"{PROVIDERS}/stored", 401, SIGNED_OUT, by="anonymous"),
    Refusal("DELETE", f"{PROVIDERS}/stored", 404, NOT_FOUND, by="alice"),
    Refusal("DELETE", f"{PROVIDERS}/nothing", 404, NOT_FOUND),
    Refusal("DELETE", f"{PROVIDERS}/Not-A-Name", 400, PARAMETER),
]


async def test_refusals_in_the_order_of_the_contract(world: World) -> None:
    stored = (await world.owner.post(PROVIDERS, {**OPENAI, "name": "stored"})).json()
    bedrock = {"type": "bedrock", "name": "bedrock", "base_url": "https://bedrock.example.com", "settings": BEDROCK}
    assert (await world.owner.post(PROVIDERS, bedrock)).status_code == 201
    names = {"key": stored["api_keys"][0]["id"], "unknown": random_id()}
    await assert_refused(world, [*CREATION, *CHANGES], **names)
    assert (await world.owner.get(f"{PROVIDERS}/stored")).json() == stored


async def test_a_provider_is_found_by_id_and_name_and_never_shows_its_keys(world: World) -> None:
    answer = await world.owner.post(PROVIDERS, OPENAI)
    created = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"{PROVIDERS}/{created['id']}"
    assert len(created["api_keys"]) == 2
    assert "0123456789" not in answer.text
    for named in ("openai", created["id"], created["id"].upper()):
        assert (await world.owner.get(f"{PROVIDERS}/{named}")).json() == created
    assert created in (await world.owner.get(PROVIDERS)).json()
    async with world.services.database.connect() as conn:
        rows = (await conn.execute(select(AIProviderKey.encrypted_key).order_by(AIProviderKey.created_at))).scalars()
        assert [world.services.secrets.decrypt(row) for row in rows] == OPENAI["api_keys"]


async def test_a_new_provider_is_switched_off_unless_told(world: World) -> None:
    created = (await world.owner.post(PROVIDERS, {"type": "demo", "name": "quiet", "base_url": ""})).json()
    assert (created["enabled"], created["display_name"], created["settings"]) == (False, "", None)


async def test_an_update_keeps_names_adds_and_erases_keys(world: World) -> None:
    created = (await world.owner.post(PROVIDERS, OPENAI)).json()
    kept = created["api_keys"][1]
    body = {"api_keys": [{"id": kept["id"]}, {"api_key": "sk-third-0123456789abcdef"}], "display_name": "Other"}
    changed = (await world.owner.patch(f"{PROVIDERS}/openai", body)).json()
    assert changed["display_name"] == "Other"
    assert changed["base_url"] == OPENAI["base_url"]
    assert changed["api_keys"][0] == kept
    assert len(changed["api_keys"]) == 2
    unchanged = (await world.owner.patch(f"{PROVIDERS}/openai", {"enabled": False})).json()
    assert unchanged["api_keys"] == changed["api_keys"]
    cleared = (await world.owner.patch(f"{PROVIDERS}/openai", {"api_keys": []})).json()
    assert (cleared["api_keys"], cleared["enabled"]) == ([], False)


async def test_bedrock_secrets_are_stored_encrypted_and_survive_what_was_read(world: World) -> None:
    settings = {**BEDROCK, "access_key": "AKIA", "access_key_secret": "hush", "external_id": "x", "token": "no"}
    body = {"type": "bedrock", "name": "bedrock", "base_url": "https://bedrock.example.com", "settings": settings}
    created = (await world.owner.post(PROVIDERS, body)).json()
    assert created["settings"] == BEDROCK
    sent_back = {"settings": {**created["settings"], "region": "us-east-1", "external_id": ""}}
    changed = (await world.owner.patch(f"{PROVIDERS}/bedrock", sent_back)).json()
    assert changed["settings"] == {**BEDROCK, "region": "us-east-1"}
    async with world.services.database.connect() as conn:
        stored = (await conn.execute(select(AIProvider.settings).where(AIProvider.name == "bedrock"))).scalar_one()
    assert stored is not None
    assert world.services.secrets.decrypt(stored["access_key_secret"].encode()) == "hush"
    assert "external_id" not in stored


async def test_a_deleted_provider_frees_its_name_and_erases_its_keys(world: World) -> None:
    await world.owner.post(PROVIDERS, OPENAI)
    assert (await world.owner.delete(f"{PROVIDERS}/openai")).status_code == 204
    assert (await world.owner.get(f"{PROVIDERS}/openai")).status_code == 404
    async with world.services.database.connect() as conn:
        assert (await conn.execute(select(AIProviderKey.id))).all() == []
    assert (await world.owner.post(PROVIDERS, OPENAI)).status_code == 201


async def test_of_two_providers_with_one_name_at_once_one_is_made(world: World) -> None:
    answers = await asyncio.gather(*(world.owner.post(PROVIDERS, OPENAI) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]


async def test_deleting_the_provider_of_the_default_model_elects_another(world: World) -> None:
    other = (await world.owner.post(PROVIDERS, demo_provider())).json()
    config = (await world.owner.post(f"{CHATS}/model-configs", demo_model(other["id"], model="other"))).json()
    assert config["is_default"] is False
    assert (await world.owner.delete(f"{PROVIDERS}/{world.facts.provider_id}")).status_code == 204
    first, second = (await world.owner.get(f"{CHATS}/model-configs")).json()
    assert (first["id"], first["is_default"]) == (config["id"], True)
    assert second["ai_provider_id"] == "00000000-0000-0000-0000-000000000000"
    assert [entry["id"] for entry in (await world.alice.get(f"{CHATS}/model-configs")).json()] == [config["id"]]
