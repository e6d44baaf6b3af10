"""The policy, read as a table: who may do what to what."""

from dataclasses import replace
from typing import get_args
from uuid import UUID, uuid4

import pytest
from cedarpy import PolicySet, Schema, validate_policies

from palaver.auth import policy
from palaver.auth.actor import Actor
from palaver.auth.allow_lists import covers, is_within
from palaver.auth.policy import (
    Action,
    AIProviders,
    ApiKeyResource,
    Authorizer,
    ChatResource,
    Deployment,
    FileResource,
    GroupResource,
    MembershipResource,
    OrganizationResource,
    PolicyInvalid,
    Resource,
    RoleResource,
    UserResource,
    in_scope,
    load_policy,
)
from palaver.auth.roles import ORGANIZATION_ROLES, SITE_ROLES
from palaver.errors import Forbidden, NotFound
from tests.auth.actors import actor

HERE, ELSEWHERE = UUID(int=1), UUID(int=2)
ME, SOMEBODY = UUID(int=10), UUID(int=11)

CHAT_ACTIONS: tuple[Action, ...] = ("chat:create", "chat:read", "chat:update", "chat:delete", "chat:share")

CALLERS: dict[str, Actor] = {
    "nobody special": actor(user_id=ME),
    "bare member": actor(user_id=ME, organizations={HERE: []}),
    "chat user": actor(user_id=ME, organizations={HERE: ["agents-access"]}),
    "organization admin": actor(user_id=ME, organizations={HERE: ["organization-admin"]}),
    "other organization's admin": actor(user_id=ME, organizations={ELSEWHERE: ["organization-admin", "agents-access"]}),
    "organization user admin": actor(user_id=ME, organizations={HERE: ["organization-user-admin"]}),
    "organization auditor": actor(user_id=ME, organizations={HERE: ["organization-auditor"]}),
    "user admin": actor("user-admin", user_id=ME),
    "template admin": actor("template-admin", user_id=ME),
    "auditor": actor("auditor", user_id=ME),
    "owner": actor("owner", user_id=ME),
}

MY_CHAT = ChatResource(HERE, ME)
A_CHAT = ChatResource(HERE, SOMEBODY)
SHARED_BY_NAME = ChatResource(HERE, SOMEBODY, {str(ME): "read"}, {})
SHARED_WITH_ALL = ChatResource(HERE, SOMEBODY, {}, {str(HERE): "read"})
SHARED_WITH_OTHERS = ChatResource(HERE, SOMEBODY, {str(uuid4()): "read"}, {str(uuid4()): "read"})

CHAT_USE = set(CHAT_ACTIONS)
EVERY_CHAT_ACTION = set(CHAT_ACTIONS)
READERS = {
    name: {"chat:read"} for name in ("bare member", "chat user", "organization user admin", "organization auditor")
}

CHATS: list[tuple[str, Resource, dict[str, set[str]]]] = [
    (
        "own chat",
        MY_CHAT,
        {"chat user": CHAT_USE, "organization admin": EVERY_CHAT_ACTION, "owner": EVERY_CHAT_ACTION},
    ),
    ("another's chat", A_CHAT, {"organization admin": EVERY_CHAT_ACTION, "owner": EVERY_CHAT_ACTION}),
    (
        "shared by name",
        SHARED_BY_NAME,
        {"organization admin": EVERY_CHAT_ACTION, "owner": EVERY_CHAT_ACTION} | READERS,
    ),
    (
        "shared with everyone",
        SHARED_WITH_ALL,
        {"organization admin": EVERY_CHAT_ACTION, "owner": EVERY_CHAT_ACTION} | READERS,
    ),
    ("shared with others", SHARED_WITH_OTHERS, {"organization admin": EVERY_CHAT_ACTION, "owner": EVERY_CHAT_ACTION}),
]

USER_ADMINS = {"owner", "user admin"}
ORGANIZATION_USER_ADMINS = {"owner", "user admin", "organization admin", "organization user admin"}
MEMBERS = {"bare member", "chat user", "organization admin", "organization user admin", "organization auditor"}
EVERYBODY = set(CALLERS)
PLAIN_ASSIGNERS = {"owner", "user admin", "organization admin", "organization user admin"}

RIGHTS: list[tuple[Action, Resource, set[str]]] = [
    ("file:read", FileResource(ME, HERE), {"chat user", "organization admin", "owner"}),
    ("file:read", FileResource(SOMEBODY, HERE), {"organization admin", "owner"}),
    ("organization:create", OrganizationResource(None), {"owner"}),
    ("organization:read", OrganizationResource(HERE), MEMBERS | {"owner", "auditor"}),
    ("organization:update", OrganizationResource(HERE), {"owner", "organization admin"}),
    ("organization:delete", OrganizationResource(HERE), {"owner"}),
    ("organization_member:create", MembershipResource(HERE, SOMEBODY), ORGANIZATION_USER_ADMINS),
    (
        "organization_member:read",
        MembershipResource(HERE, SOMEBODY),
        ORGANIZATION_USER_ADMINS | {"organization auditor"},
    ),
    ("organization_member:read", MembershipResource(HERE, ME), ORGANIZATION_USER_ADMINS | MEMBERS),
    ("organization_member:delete", MembershipResource(HERE, SOMEBODY), ORGANIZATION_USER_ADMINS),
    ("group:create", GroupResource(HERE), ORGANIZATION_USER_ADMINS),
    ("group:read", GroupResource(HERE), ORGANIZATION_USER_ADMINS | MEMBERS),
    ("group:update", GroupResource(HERE), ORGANIZATION_USER_ADMINS),
    ("group:delete", GroupResource(HERE), ORGANIZATION_USER_ADMINS),
    ("user:create", UserResource(None), USER_ADMINS),
    ("user:read", UserResource(SOMEBODY), USER_ADMINS | {"template admin", "auditor"}),
    ("user:read", UserResource(ME), EVERYBODY),
    ("user:read_personal", UserResource(SOMEBODY), USER_ADMINS),
    ("user:read_personal", UserResource(ME), EVERYBODY),
    ("user:update_personal", UserResource(SOMEBODY), USER_ADMINS),
    ("user:update_personal", UserResource(ME), EVERYBODY),
    ("user:update", UserResource(ME), USER_ADMINS),
    ("user:delete", UserResource(ME), USER_ADMINS),
    ("api_key:create", ApiKeyResource(ME), EVERYBODY),
    ("api_key:read", ApiKeyResource(ME), EVERYBODY),
    ("api_key:update", ApiKeyResource(ME), EVERYBODY),
    ("api_key:delete", ApiKeyResource(ME), EVERYBODY),
    ("api_key:read", ApiKeyResource(SOMEBODY), {"owner"}),
    ("assign_role:read", RoleResource(), EVERYBODY),
    ("assign_role:assign", RoleResource("owner"), {"owner"}),
    ("assign_role:assign", RoleResource("auditor"), {"owner"}),
    ("assign_role:assign", RoleResource("member"), {"owner", "user admin"}),
    ("assign_org_role:read", RoleResource("", HERE), MEMBERS | {"owner", "user admin"}),
    ("assign_org_role:assign", RoleResource("organization-admin", HERE), {"owner", "organization admin"}),
    ("assign_org_role:assign", RoleResource("agents-access", HERE), PLAIN_ASSIGNERS),
    ("assign_org_role:assign", RoleResource("organization-workspace-access", HERE), PLAIN_ASSIGNERS),
    ("deployment_config:read", Deployment(), {"owner", "auditor"}),
    ("deployment_config:update", Deployment(), {"owner"}),
    ("audit_log:read", Deployment(), {"owner", "auditor"}),
    ("ai_provider:create", AIProviders(), {"owner"}),
    ("ai_provider:read", AIProviders(), {"owner"}),
    ("ai_provider:update", AIProviders(), {"owner"}),
    ("ai_provider:delete", AIProviders(), {"owner"}),
]


@pytest.fixture(scope="module")
def authorizer() -> Authorizer:
    return Authorizer()


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize(("chat", "resource", "rights"), CHATS, ids=[name for name, _, _ in CHATS])
def test_rights_on_chats(
    authorizer: Authorizer, chat: str, resource: Resource, rights: dict[str, set[str]], caller: str
) -> None:
    allowed = {action for action in CHAT_ACTIONS if authorizer.allowed(CALLERS[caller], action, resource)}
    assert allowed == rights.get(caller, set()), f"{caller}, {chat}"


@pytest.mark.parametrize(
    ("action", "resource", "who"), RIGHTS, ids=[f"{action} {resource}" for action, resource, _ in RIGHTS]
)
def test_rights_on_everything_else(authorizer: Authorizer, action: Action, resource: Resource, who: set[str]) -> None:
    assert {name for name, caller in CALLERS.items() if authorizer.allowed(caller, action, resource)} == who


def test_every_action_is_in_the_tables() -> None:
    assert set(get_args(Action)) == set(CHAT_ACTIONS) | {action for action, _, _ in RIGHTS}


def test_the_owner_may_do_everything_the_schema_knows(authorizer: Authorizer) -> None:
    for action in get_args(Action):
        resource = next((r for a, r, _ in RIGHTS if a == action), MY_CHAT)
        assert authorizer.allowed(CALLERS["owner"], action, resource)


def test_a_former_member_loses_own_and_shared_chats(authorizer: Authorizer) -> None:
    former = CALLERS["nobody special"]
    for chat in (MY_CHAT, SHARED_BY_NAME, SHARED_WITH_ALL):
        assert not authorizer.allowed(former, "chat:read", chat)


def test_an_unknown_role_in_an_access_list_gives_nothing(authorizer: Authorizer) -> None:
    chat = ChatResource(HERE, SOMEBODY, {str(ME): "admin"}, {})
    assert not any(authorizer.allowed(CALLERS["chat user"], action, chat) for action in CHAT_ACTIONS)


def test_switching_sharing_off_takes_the_right_from_everyone_and_leaves_reading() -> None:
    authorizer = Authorizer(chat_sharing=False)
    for name in ("owner", "organization admin", "chat user"):
        assert not authorizer.allowed(CALLERS[name], "chat:share", MY_CHAT)
        assert authorizer.allowed(CALLERS[name], "chat:update", MY_CHAT)
    assert authorizer.allowed(CALLERS["bare member"], "chat:read", SHARED_BY_NAME)


@pytest.mark.parametrize("name", CALLERS)
def test_scopes_narrow_and_never_widen(authorizer: Authorizer, name: str) -> None:
    whole = CALLERS[name]
    for scopes in ({"chat:read"}, {"chat:*"}, {"user:read", "chat:update"}, {"coder:application_connect"}, set[str]()):
        narrow = actor(*whole.roles - {"member"}, user_id=ME, organizations=whole.organizations, scopes=scopes)
        for action in get_args(Action):
            resource = next((r for a, r, _ in RIGHTS if a == action), MY_CHAT)
            expected = authorizer.allowed(whole, action, resource) and in_scope(frozenset(scopes), action)
            assert authorizer.allowed(narrow, action, resource) == expected


def test_a_scope_covers_its_action_its_star_and_files_with_chats() -> None:
    assert in_scope(frozenset({"coder:all"}), "user:delete")
    assert in_scope(frozenset({"chat:*"}), "chat:share")
    assert in_scope(frozenset({"chat:read"}), "chat:read")
    assert in_scope(frozenset({"chat:read"}), "file:read")
    assert not in_scope(frozenset({"chat:read"}), "chat:update")
    assert not in_scope(frozenset({"coder:application_connect"}), "chat:read")


@pytest.mark.parametrize("name", CALLERS)
def test_allow_lists_narrow_and_never_widen(authorizer: Authorizer, name: str) -> None:
    whole = CALLERS[name]
    this, root = uuid4(), uuid4()
    for allow_list in (
        {"*:*"},
        {f"chat:{this}"},
        {f"chat:{root}", "organization:*"},
        {f"*:{HERE}"},
        {"file:*"},
        set[str](),
    ):
        narrow = replace(whole, allow_list=frozenset(allow_list))
        for action, resource, _ in RIGHTS:
            if isinstance(resource, ChatResource):
                resource = replace(resource, id=this, root_id=root)
            expected = authorizer.allowed(whole, action, resource) and covers(
                frozenset(allow_list), action, resource.ids()
            )
            assert authorizer.allowed(narrow, action, resource) == expected


def test_an_entry_of_an_allow_list_covers_its_thing_its_type_and_files_with_chats() -> None:
    one = str(uuid4())
    assert covers(frozenset({"*:*"}), "deployment_config:read", ())
    assert covers(frozenset({"chat:*"}), "chat:create", ())
    assert covers(frozenset({"chat:*"}), "file:read", ())
    assert covers(frozenset({f"chat:{one}"}), "chat:update", ("other", one))
    assert covers(frozenset({f"*:{one}"}), "user:read", (one,))
    assert not covers(frozenset({f"chat:{one}"}), "chat:create", ())
    assert not covers(frozenset({f"chat:{one}"}), "file:read", ())
    assert not covers(frozenset({f"user:{one}", "user:*"}), "chat:read", (one,))


def test_a_list_is_within_one_that_covers_as_much() -> None:
    wide = frozenset({"chat:*", "*:1", "user:2"})
    assert is_within(["chat:*", "chat:9", "group:1", "user:2"], wide)
    assert is_within(["*:*"], None)
    for entry in ("*:*", "user:*", "user:3", "*:2"):
        assert not is_within([entry], wide)


def test_require_raises_what_it_is_told(authorizer: Authorizer) -> None:
    authorizer.require(CALLERS["owner"], "chat:read", A_CHAT)
    with pytest.raises(NotFound):
        authorizer.require(CALLERS["chat user"], "chat:read", A_CHAT)
    with pytest.raises(Forbidden):
        authorizer.require(CALLERS["chat user"], "chat:delete", A_CHAT, Forbidden)


def test_a_decision_is_evaluated_once_and_remembered_for_every_such_chat(monkeypatch: pytest.MonkeyPatch) -> None:
    authorizer = Authorizer()
    evaluated = 0
    evaluate = policy.is_authorized

    def counting(*arguments: object) -> object:
        nonlocal evaluated
        evaluated += 1
        return evaluate(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(policy, "is_authorized", counting)
    caller = CALLERS["chat user"]
    for _ in range(3):
        assert authorizer.allowed(caller, "chat:update", ChatResource(HERE, ME))
        assert not authorizer.allowed(caller, "chat:update", ChatResource(HERE, uuid4()))
    assert evaluated == 2


def test_remembered_decisions_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "DECISIONS", 5)
    authorizer = Authorizer()
    for number in range(12):
        authorizer.allowed(CALLERS["owner"], "assign_role:assign", RoleResource(f"role-{number}"))
    assert len(authorizer._decisions) <= 5


def test_a_policy_that_does_not_fit_its_schema_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    policies, schema = load_policy()
    assert isinstance(policies, PolicySet)
    assert isinstance(schema, Schema)
    monkeypatch.setattr(policy, "validate_policies", lambda _text, _schema: policy_with_a_typo(schema))
    with pytest.raises(PolicyInvalid, match="site_rolls"):
        Authorizer()


def policy_with_a_typo(schema: Schema) -> object:
    return validate_policies('permit (principal, action, resource) when { principal.site_rolls == ["x"] };', schema)


def test_role_names_of_the_policy_exist() -> None:
    text = (policy.files("palaver.auth") / "policy.cedar").read_text("utf-8")
    for role in {*SITE_ROLES, *ORGANIZATION_ROLES} - {
        "organization-template-admin",  # nothing to do with chats
        "organization-workspace-creation-ban",
    }:
        assert f'"{role}"' in text
