"""Aims generated requests at things that exist, so that cases get past the first check of their operation.

Only what was generated to be valid is replaced, by something else that is valid; what is meant to be refused stays as
it is. Every few requests are left alone as well, for the answers to ids that nothing has; none that is an example of
the contract, so that chance has no say in whether an operation has succeeded.
"""

import secrets
from collections.abc import Callable
from typing import Any
from zlib import crc32

from tests.fuzz.spoiling import APPROVAL, PARKED_CALL
from tests.fuzz.world import PASSWORD, Maker, Seeds, address

LEFT_ALONE = 6
"""One request in so many keeps the ids it was generated with."""
FOREIGN = 5
"""One request in so many is about somebody else's chat."""
SEARCHES = ("", "archived:true", 'search:"hello"', "source:shared_with_me")
RUNNING = "/slow 400 0.05"
"""What makes a chat run for twenty seconds."""

CHANGES_USERS = {"suspend-user-account", "activate-user-account", "update-user-profile", "update-user-password"}
NAMES_USERS_BY_ID = {"upsert-chat-usage-limit-override", "delete-chat-usage-limit-override"}
NEVER_LEFT_ALONE = CHANGES_USERS | {
    "delete-user", "update-organization", "delete-organization", "remove-organization-member",
    "assign-role-to-user", "assign-role-to-organization-member", "delete-api-key", "expire-api-key",
    "submit-chat-tool-results", "decide-chat-tool-calls", "reconcile-invalid-chat-state", "delete-chat",
    "update-chat-model-config",
    "delete-chat-model-config", "update-an-ai-provider", "delete-an-ai-provider",
}  # fmt: skip
NEEDS_A_TURN = {
    "interrupt-chat", "delete-chat-queued-message", "promote-chat-queued-message", "edit-chat-message",
    "update-chat-queued-message",
}  # fmt: skip
"""What succeeds only on a chat that runs: each request gets one of its own."""
OWN_SETTINGS = {"update-user-chat-compaction-threshold", "delete-user-chat-compaction-threshold"}
"""What names a model, and leaves it as it is."""
USER_SEARCHES = ("", "status:active", "owner", "role:owner,auditor")

Json = dict[str, Any]


class Aim:
    """Chooses the things that one user's requests are about.

    `path`, `query`, `headers` and `body` change what they are given; with `always`, whatever chance says. `own` makes
    what belongs to a user, `maker` what only the site owner can make.
    """

    def __init__(self, seeds: Seeds, own: Maker, maker: Maker) -> None:
        self.seeds = seeds
        self._own = own
        self._maker = maker
        self._pending_call = ""
        self._known = {seeds.user_id, seeds.organization_id, seeds.debug_run, *seeds.chats, *seeds.disposable_chats}

    def remember(self, thing: str) -> None:
        """An id that an answer has told: a request for it is not aimed elsewhere."""
        self._known.add(thing)

    def path(self, operation_id: str, parameters: Json, *, linked: bool, always: bool) -> None:
        """Path parameters; some operations need something that is made for this one request.

        `linked`: the request follows from another's answer, whose ids it keeps if it has them.
        """
        chosen = f"{operation_id} {sorted(map(str, parameters.items()))}"
        known = any(str(value) in self._known for value in parameters.values()) and not always
        if known and operation_id not in NEVER_LEFT_ALONE and (linked or operation_id not in NEEDS_A_TURN):
            return
        # Nothing is changed or deleted that other requests need: schemathesis takes ids from answers, too.
        left_alone = _falls(chosen, LEFT_ALONE) and not linked and operation_id not in NEVER_LEFT_ALONE
        if left_alone and not always:
            return
        seeds, turn = self.seeds, crc32(chosen.encode())
        if "chat" in parameters:
            pool = seeds.disposable_chats if operation_id == "update-chat" else seeds.chats
            foreign = _falls(f"foreign {chosen}", FOREIGN) and operation_id != "delete-chat"
            if foreign and not always:
                pool = seeds.foreign_chats
            parameters["chat"] = pool[turn % len(pool)]
            if operation_id in NEEDS_A_TURN and pool is not seeds.foreign_chats:
                parameters["chat"] = self._own.chat(seeds.organization_id, seeds.model_config_id, RUNNING)
                if "queuedMessage" in parameters:
                    parameters["queuedMessage"] = self._own.queued_message(parameters["chat"])
                if "message" in parameters:
                    parameters["message"] = self._own.prompt(parameters["chat"])
            elif operation_id == "submit-chat-tool-results" and pool is not seeds.foreign_chats:
                parameters["chat"], self._pending_call = self._own.asking_chat(
                    seeds.organization_id, seeds.model_config_id
                )
            elif operation_id == "decide-chat-tool-calls" and seeds.parked_chats and pool is not seeds.foreign_chats:
                parameters["chat"] = seeds.parked_chats.pop()
            elif operation_id == "compact-chat" and pool is not seeds.foreign_chats:
                parameters["chat"] = self._own.answered_chat(seeds.organization_id, seeds.model_config_id)
            elif operation_id == "delete-chat":
                parameters["chat"] = self._own.chat(seeds.organization_id, seeds.model_config_id, "hello")
            elif "debugRun" in parameters and pool is not seeds.foreign_chats:
                parameters["chat"], parameters["debugRun"] = seeds.recorded_chat, seeds.debug_run
            elif operation_id == "reconcile-invalid-chat-state" and seeds.invalid_chats:
                parameters["chat"] = seeds.invalid_chats.pop()
        pools: dict[str, tuple[list[str], list[str], Callable[[], str]]] = {
            "modelConfig": (
                [seeds.model_config_id], seeds.disposable_models, lambda: self._maker.model(seeds.provider_id)
            ),
            "idOrName": ([seeds.provider_id], seeds.disposable_providers, self._maker.provider),
            "mcpServer": ([seeds.mcp_server_id], seeds.disposable_servers, self._maker.mcp_server),
        }  # fmt: skip
        for name, (kept, disposable, make) in pools.items():
            if name not in parameters:
                continue
            if operation_id in OWN_SETTINGS:
                parameters[name] = kept[0]
            elif operation_id.endswith("-oauth2"):
                parameters[name] = seeds.oauth2_server_id
            elif operation_id.startswith("delete"):
                parameters[name] = make()
            else:
                pool = disposable if operation_id.startswith("update") else kept
                parameters[name] = pool[turn % len(pool)]
        if "aiProvider" in parameters:
            parameters["aiProvider"] = seeds.provider_id
        if "file" in parameters:
            parameters["file"] = seeds.file_id
        if "organization" in parameters:
            parameters["organization"] = (seeds.organization_id, "default")[turn % 2]
            if operation_id in {"update-organization", "add-organization-member"}:
                parameters["organization"] = seeds.disposable_organization
            elif operation_id == "delete-organization":
                parameters["organization"] = self._maker.organization()
        if "group" in parameters:
            parameters["group"] = {
                "delete-group": lambda: self._maker.group(seeds.organization_id),
                "update-group": lambda: self._maker.group(seeds.organization_id),
            }.get(operation_id, lambda: seeds.group_id)()
        if "groupName" in parameters:
            parameters["groupName"] = seeds.group_name
        if "user" in parameters:
            assigns = operation_id.startswith("assign")
            myself = ("me", seeds.username, seeds.user_id, "me", seeds.user_id, "owner")
            parameters["user"] = seeds.throwaway_user if assigns else myself[turn % len(myself)]
            if operation_id in NAMES_USERS_BY_ID:
                parameters["user"] = seeds.user_id
                if operation_id.startswith("delete"):
                    self._maker.limited(seeds.user_id)
            elif operation_id in CHANGES_USERS:
                parameters["user"] = seeds.disposable_user
            elif operation_id in {"delete-user", "add-organization-member", "remove-organization-member"}:
                parameters["user"] = self._maker.user(seeds.organization_id)
        if "keyid" in parameters:
            parameters["keyid"] = self._own.key()
        if "keyname" in parameters:
            parameters["keyname"] = seeds.token_name

    def query(self, operation_id: str, parameters: Json, *, always: bool) -> None:
        """Query parameters."""
        chosen = f"{operation_id} {sorted(map(str, parameters.items()))}"
        if _falls(chosen, LEFT_ALONE) and not always:
            return
        if "organization" in parameters:
            parameters["organization"] = self.seeds.organization_id
        if operation_id == "list-chats" and "q" in parameters:
            parameters["q"] = SEARCHES[crc32(chosen.encode()) % len(SEARCHES)]
        if operation_id == "list-groups":
            parameters.pop("has_member", None)
            parameters.pop("group_ids", None)
        if operation_id.endswith("organization-members"):
            parameters.pop("q", None)
        if operation_id == "get-users":
            parameters.pop("after_id", None)
            if "q" in parameters:
                parameters["q"] = USER_SEARCHES[crc32(chosen.encode()) % len(USER_SEARCHES)]
        if operation_id == "stream-chat-events-via-websockets":
            # A whole snapshot has the few events that end a case; waiting for more takes its time-out.
            parameters.pop("after_id", None)

    def headers(self, operation_id: str, headers: Json, *, always: bool) -> None:
        """Headers."""
        if "Idempotency-Key" in headers and (always or not _falls(str(headers["Idempotency-Key"]), LEFT_ALONE)):
            headers["Idempotency-Key"] = secrets.token_hex(8)
        if "If-Match" in headers and operation_id.startswith(("update", "delete")):
            headers["If-Match"] = "*" if "queued" not in operation_id else '"1"'
        if operation_id == "upload-chat-file" and "Content-Disposition" in headers:
            headers["Content-Disposition"] = 'attachment; filename="notes.txt"'

    def body(self, operation_id: str, body: Any, *, always: bool) -> Any:
        """A JSON or binary body."""
        if _falls(f"{operation_id} {body}", LEFT_ALONE) and not always:
            return body
        if operation_id == "upload-chat-file":
            return b"some notes"
        if isinstance(body, dict):
            aim = getattr(self, f"_{operation_id.replace('-', '_')}", None)
            if aim is not None:
                aim(body)
        return body

    def _create_chat(self, body: Json) -> None:
        body["organization_id"] = self.seeds.organization_id
        body.pop("workspace_id", None)
        if body.get("labels"):
            body["labels"] = {"team": "docs"}
        for number, tool in enumerate(body.get("unsafe_dynamic_tools") or []):
            tool["name"] = f"tool_{number}"
        self._send_chat_message(body)

    def _send_chat_message(self, body: Json) -> None:
        for part in body["content"]:
            if "file_id" in part:
                part["file_id"] = self.seeds.file_id
        body["model_config_id"] = self.seeds.model_config_id
        if body.get("mcp_server_ids"):
            body["mcp_server_ids"] = [self.seeds.mcp_server_id]

    def _edit_chat_message(self, body: Json) -> None:
        self._send_chat_message(body)

    def _import_chat(self, body: Json) -> None:
        body["organization_id"] = self.seeds.organization_id
        body.pop("model_config_id", None)
        body["title"] = "From elsewhere"
        export = body["export"]
        export.pop("files", None)
        if export["chat"].get("labels"):
            export["chat"]["labels"] = {"team": "docs"}
        for message in export["messages"]:
            # What makes a history is more than a schema says: of each message one part that anybody may have.
            message["role"] = "user"
            message.pop("compaction", None)
            message["content"] = [{"type": "text", "text": "hello"}]

    def _fork_chat(self, body: Json) -> None:
        body.pop("message_id", None)

    def _update_chat_queued_message(self, body: Json) -> None:
        for part in body.get("content") or []:
            if "file_id" in part:
                part["file_id"] = self.seeds.file_id
        if body.get("model_config_id"):
            body["model_config_id"] = self.seeds.model_config_id

    def _submit_chat_tool_results(self, body: Json) -> None:
        body["results"] = [{"tool_call_id": self._pending_call, "output": body["results"][0].get("output")}]

    def _decide_chat_tool_calls(self, body: Json) -> None:
        words = {"decision": "approve", **body["decisions"][0]}["decision"]
        body["decisions"] = [{"tool_call_id": PARKED_CALL, "approval_id": APPROVAL, "decision": words}]

    def _update_chat(self, body: Json) -> None:
        body.pop("workspace_id", None)
        if body.get("labels"):
            body["labels"] = {"team": "docs"}

    def _update_chat_acl(self, body: Json) -> None:
        if body.get("user_roles"):
            body["user_roles"] = {self.seeds.throwaway_id: next(iter(body["user_roles"].values()))}
        if body.get("group_roles"):
            body["group_roles"] = {self.seeds.organization_id: next(iter(body["group_roles"].values()))}

    def _upsert_user_ai_provider_key(self, body: Json) -> None:
        body["api_key"] = f"sk-{secrets.token_hex(10)}"

    def _log_in_user(self, body: Json) -> None:
        body |= {"email": address(self.seeds.username), "password": PASSWORD}

    def _create_new_user(self, body: Json) -> None:
        name = f"user-{secrets.token_hex(5)}"
        body |= {"username": name, "email": f"{name}@example.com", "password": PASSWORD}
        body |= {"organization_ids": [self.seeds.organization_id], "login_type": "password"}
        body.pop("service_account", None)

    def _update_organization(self, body: Json) -> None:
        body["name"] = f"team-{secrets.token_hex(6)}"
        body.pop("default_org_member_roles", None)

    def _create_organization(self, body: Json) -> None:
        body["name"] = f"team-{secrets.token_hex(6)}"

    def _create_group(self, body: Json) -> None:
        body["name"] = f"group-{secrets.token_hex(6)}"

    def _update_group(self, body: Json) -> None:
        body["name"] = f"group-{secrets.token_hex(6)}"
        for key in ("add_users", "remove_users"):
            if body.get(key):
                body[key] = []  # other cases remove the members that could be named here

    def _update_user_profile(self, body: Json) -> None:
        body["username"] = f"guest-{secrets.token_hex(6)}"

    def _update_user_password(self, body: Json) -> None:
        body["password"] = secrets.token_hex(16)

    def _create_token_api_key(self, body: Json) -> None:
        body.pop("scope", None)
        body |= {"token_name": f"token-{secrets.token_hex(6)}", "lifetime": 3_600_000_000_000}

    def _assign_role_to_user(self, body: Json) -> None:
        body["roles"] = ["auditor"] if body.get("roles") else []

    def _assign_role_to_organization_member(self, body: Json) -> None:
        body["roles"] = ["agents-access"] if body.get("roles") else []

    def _update_chat_model_override(self, body: Json) -> None:
        body["model_config_id"] = self.seeds.model_config_id if body.get("model_config_id") else ""
        body.pop("reasoning_effort", None)

    def _update_chat_advisor_config(self, body: Json) -> None:
        body["model_config_id"] = self.seeds.model_config_id
        body.pop("reasoning_effort", None)

    def _update_chat_personal_model_overrides_settings(self, body: Json) -> None:
        body["allow_users"] = True

    def _update_chat_debug_logging(self, body: Json) -> None:
        body["allow_users"] = True

    def _update_user_chat_personal_model_override(self, body: Json) -> None:
        body.pop("reasoning_effort", None)
        body.pop("model_config_id", None)
        if body["mode"] == "deployment_default":
            body["mode"] = "chat_default"
        if body["mode"] == "model":
            body["model_config_id"] = self.seeds.model_config_id

    def _create_chat_model_config(self, body: Json) -> None:
        body["ai_provider_id"] = self.seeds.provider_id
        body["is_default"] = False


def _falls(text: str, one_in: int) -> bool:
    return crc32(text.encode("utf-8", "replace")) % one_in == 0
