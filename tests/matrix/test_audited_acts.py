"""Every operation that changes what matters for security leaves an entry in the audit log."""

import pytest

from tests.contract.operations import Operation, operations
from tests.matrix.requests import REQUESTS
from tests.matrix.stage import Stage
from tests.matrix.test_permissions import table

AUDIT = "/api/v2/audit"

OF_NO_SECURITY = {
    "validate-user-password": "changes nothing",
    "create-chat": "the owner's own work, as everything that chats are for",
    "fork-chat": "as create-chat",
    "import-chat": "as create-chat",
    "update-chat": "as create-chat",
    "send-chat-message": "as create-chat",
    "edit-chat-message": "as create-chat",
    "interrupt-chat": "as create-chat",
    "submit-chat-tool-results": "as create-chat",
    "decide-chat-tool-calls": "as create-chat",
    "compact-chat": "as create-chat",
    "reconcile-invalid-chat-state": "as create-chat",
    "regenerate-chat-title": "as create-chat",
    "propose-chat-title": "changes nothing",
    "delete-chat-queued-message": "as create-chat",
    "promote-chat-queued-message": "as create-chat",
    "update-chat-queued-message": "as create-chat",
    "upload-chat-file": "as create-chat",
    "update-user-chat-custom-prompt": "the caller's own preference",
    "update-user-chat-personal-model-override": "as update-user-chat-custom-prompt",
    "update-user-chat-debug-logging": "as update-user-chat-custom-prompt",
    "update-user-chat-compaction-threshold": "as update-user-chat-custom-prompt",
    "delete-user-chat-compaction-threshold": "as update-user-chat-custom-prompt",
}

ACTS = [
    pytest.param(operation, caller, id=f"{operation.operation_id}-{caller}")
    for operation in operations()
    if operation.method != "get" and operation.operation_id not in OF_NO_SECURITY
    for caller in ("site_owner", "owner")
    if table()[operation.operation_id][caller] < 300
]


def test_nothing_is_left_out_that_is_not_there() -> None:
    assert OF_NO_SECURITY.keys() <= {operation.operation_id for operation in operations()}


@pytest.mark.parametrize(("operation", "caller"), ACTS)
async def test_an_act_is_told(operation: Operation, caller: str, stage: Stage) -> None:
    stage.caller = caller
    request = await REQUESTS[operation.operation_id](stage)
    token = await stage.token_of(caller, request.owner or stage.people["owner"])
    api = stage.world.anonymous
    headers = {"Coder-Session-Token": token} if token and not operation.public else {}
    response = await api.request(operation.method.upper(), request.path, json=request.json, headers=headers)
    assert response.status_code < 300, response.text
    told = await stage.world.owner.get(AUDIT, params={"request_id": response.headers["X-Request-Id"]})
    entries = told.json()["entries"]
    assert entries, "no entry"
    who = str(stage.people["owner"] if operation.public else stage.people.get(caller, ""))
    if operation.public or request.owner is None or caller == "site_owner":
        assert {entry["actor_id"] for entry in entries} == {who}
    assert all(entry["client_address"] == "127.0.0.1" for entry in entries)
