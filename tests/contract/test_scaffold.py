"""`palaver openapi scaffold`: the start of a new operation fits the contract that it comes from."""

import importlib
import inspect
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner

from palaver.cli import app
from palaver.contract.handlers import check_signature
from palaver.contract.loader import Contract, contract_path
from palaver.contract.parameters import compile_parameter, handled
from palaver.contract.scaffold import ScaffoldRefused, checks, scaffold

ROOT = contract_path().parent
NEW = """
  /api/experimental/chats/{chat}/pins/{queuedMessage}:
    parameters:
      - {$ref: '#/components/parameters/ChatId'}
      - {$ref: '#/components/parameters/QueuedMessageId'}
    put:
      operationId: pin-queued-message
      x-precondition: get-chat-by-id
      tags: [chat queue]
      summary: Pin a queued message
      description: |
        Keeps the message where it is.

        Checks, in order:
        1. the caller may update
           the chat (404)
        2. the entry is in the queue (404)

        And some notes.
      parameters:
        - {name: limit, in: query, description: How many., schema: {type: integer, format: int32}}
        - {$ref: '#/components/parameters/IdempotencyKey'}
        - {$ref: '#/components/parameters/IfMatch'}
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: '#/components/schemas/UpdateChatRequest'}
            example: {archived: true, title: null}
      responses:
        '200':
          description: Pinned.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Chat'}
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of contract and handlers, with one operation more in the contract."""
    shutil.copytree(ROOT / "handlers", tmp_path / "handlers", ignore=shutil.ignore_patterns("__pycache__"))
    text = contract_path().read_text()
    (tmp_path / "openapi.yaml").write_text(text.replace("\ncomponents:\n", f"{NEW}\ncomponents:\n", 1))
    return tmp_path


@pytest.fixture
def imported(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The checkout, whose handlers can be imported as a package `scaffolded`."""
    monkeypatch.syspath_prepend(checkout)
    yield checkout
    for name in [name for name in sys.modules if name.startswith("scaffolded")]:
        del sys.modules[name]


def test_handler_has_the_signature_that_the_edge_calls(imported: Path) -> None:
    contract = Contract.load(imported / "openapi.yaml")
    scaffold("pin-queued-message", contract, imported).write(imported)
    (imported / "handlers").rename(imported / "scaffolded")

    module: ModuleType = importlib.import_module("scaffolded.queue")

    item = contract.resolved["paths"]["/api/experimental/chats/{chat}/pins/{queuedMessage}"]
    parameters = [
        compile_parameter(parameter, contract.resolved["components"])
        for parameter in handled((*item["parameters"], *item["put"]["parameters"]), item["put"])
    ]
    assert "if_match" not in inspect.signature(module.pin_queued_message).parameters
    check_signature("pin-queued-message", module.pin_queued_message, parameters, has_body=True)
    assert inspect.signature(module.pin_queued_message).return_annotation.__name__ == "Chat"
    assert module.pin_queued_message.__doc__ == "Pin a queued message."
    assert inspect.iscoroutinefunction(module.delete_chat_queued_message)


def test_checks_of_the_description_become_comments(checkout: Path) -> None:
    made = scaffold("pin-queued-message", Contract.load(checkout / "openapi.yaml"), checkout)
    assert made.handler_path == Path("handlers/queue.py")
    assert "    # 1. the caller may update the chat (404)\n    # 2. the entry is in the queue (404)\n" in made.handler
    assert "notes" not in made.handler


def test_first_test_sends_the_example(checkout: Path) -> None:
    made = scaffold("pin-queued-message", Contract.load(checkout / "openapi.yaml"), checkout)
    assert made.test_path == Path("tests/api/test_pin_queued_message.py")
    names: dict[str, object] = {}
    exec(compile(made.test, "test", "exec"), names)
    assert names["BODY"] == {"archived": True, "title": None}
    assert names["PATH"] == "/api/experimental/chats/9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25/pins/3"
    assert {"test_pin_queued_message_answers_its_example", "test_pin_queued_message_wants_a_token"} <= names.keys()
    assert "world.owner.put(PATH, BODY)" in made.test
    assert "status_code == 200" in made.test


def test_what_exists_is_not_made_again(checkout: Path) -> None:
    contract = Contract.load(checkout / "openapi.yaml")
    with pytest.raises(ScaffoldRefused, match=r"handlers/chats\.py"):
        scaffold("create-chat", contract, checkout)
    with pytest.raises(ScaffoldRefused, match="no operation mauve"):
        scaffold("mauve", contract, checkout)
    made = scaffold("pin-queued-message", contract, checkout)
    made.write(checkout)
    with pytest.raises(ScaffoldRefused, match="exists already"):
        made.write(checkout)


def test_every_operation_could_be_scaffolded(tmp_path: Path) -> None:
    (tmp_path / "handlers").mkdir()
    contract = Contract.load()
    for item in contract.document["paths"].values():
        for method in ("get", "put", "post", "patch", "delete"):
            if method in item:
                made = scaffold(item[method]["operationId"], contract, tmp_path)
                compile("\n".join([*made.imports, made.handler]), "handler", "exec")
                compile(made.test, "test", "exec")
                assert made.handler.count("    # ") >= len(checks(item[method]["description"]))


def test_command_prints_and_refuses() -> None:
    refused = CliRunner().invoke(app, ["openapi", "scaffold", "create-chat"])
    assert refused.exit_code == 1
    unknown = CliRunner().invoke(app, ["openapi", "scaffold", "mauve"])
    assert unknown.exit_code == 1


def test_command_writes_into_the_checkout(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("palaver.cli.listing.contract_path", lambda: checkout / "openapi.yaml")
    printed = CliRunner().invoke(app, ["openapi", "scaffold", "pin-queued-message"])
    assert printed.exit_code == 0
    assert "async def pin_queued_message(" in printed.output
    assert not (checkout / "tests").exists()
    written = CliRunner().invoke(app, ["openapi", "scaffold", "pin-queued-message", "--write"])
    assert written.output.split() == ["handlers/queue.py", "tests/api/test_pin_queued_message.py"]
    assert "async def pin_queued_message(" in (checkout / "handlers/queue.py").read_text()
