"""What a caller may not see is in no way different from what is not there: same answer, same work for it.

The work is counted in SQL statements, by far the most of a refusal's time; so this holds on a busy machine as well.
"""

import re
import uuid
from typing import Any

import httpx
import pytest

from tests.contract.operations import Operation, operations
from tests.matrix.requests import REQUESTS
from tests.matrix.stage import Stage
from tests.matrix.test_permissions import table
from tests.support.statements import statements_of

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NOBODY = uuid.UUID(int=0)
_OF_THE_REQUEST = {"x-request-id", "date"}


def _names_a_thing(operation: Operation) -> bool:
    """Whether there are others of what the path leads to: a setting is there for everybody to know."""
    return any(parameter["in"] == "path" and "enum" not in parameter["schema"] for parameter in operation.parameters)


HIDDEN = [
    pytest.param(operation, caller, id=f"{operation.operation_id}-{caller}")
    for operation in operations()
    for caller in ("member", "other_admin", "organization_admin")
    if table()[operation.operation_id][caller] == 404 and not operation.public and _names_a_thing(operation)
]


@pytest.mark.parametrize(("operation", "caller"), HIDDEN)
async def test_what_is_hidden_is_like_what_is_not_there(operation: Operation, caller: str, stage: Stage) -> None:
    stage.caller = caller
    request = await REQUESTS[operation.operation_id](stage)
    token = await stage.token_of(caller, stage.people["owner"])
    headers = {"Coder-Session-Token": token}
    nowhere = request.path
    for id_ in dict.fromkeys(_UUID.findall(request.path)):
        if caller == "other_admin" or id_ != stage.organization:
            nowhere = nowhere.replace(id_, str(uuid.uuid4()))
    assert nowhere != request.path
    api = stage.world.anonymous
    await api.get("/api/v2/experiments", headers=headers)  # from here on the caller is known
    seen = []
    for path in (request.path, nowhere):
        with statements_of(stage.world.services.database) as executed:
            response = await api.request(operation.method.upper(), path, json=request.json, headers=headers)
        seen.append((response.status_code, response.content, _headers(response), executed))
    assert seen[0][0] == 404
    assert seen[0] == seen[1]


def _headers(response: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if name not in _OF_THE_REQUEST}


@pytest.mark.parametrize("operation_id", ["create-chat", "upload-chat-file"])
async def test_a_foreign_organization_is_like_an_unknown_one(operation_id: str, stage: Stage) -> None:
    request = await REQUESTS[operation_id](stage)
    headers = {**request.options.get("headers", {}), "Coder-Session-Token": await stage.token_of("other_admin", NOBODY)}
    api, here, unknown = stage.world.anonymous, stage.organization, str(uuid.uuid4())
    await api.get("/api/v2/experiments", headers=headers)
    seen = []
    for organization in (here, unknown):
        options: dict[str, Any] = {"headers": headers}
        if request.json is None:
            options["content"] = request.options["content"]
        else:
            options["json"] = {**request.json, "organization_id": organization}
        with statements_of(stage.world.services.database) as executed:
            response = await api.request("POST", request.path.replace(here, organization), **options)
        seen.append((response.status_code, response.content, _headers(response), executed))
    assert seen[0][0] == 403
    assert seen[0] == seen[1]
