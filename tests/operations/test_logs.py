"""Log lines: one JSON object each, with the ids that are bound, from both kinds of loggers."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from sqlalchemy import text

from palaver.telemetry import CHAT_ID, REQUEST_ID, TURN, bind, configure_logs
from tests.support.world import CHATS, World
from tests.worker.watching import settled


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, configuration = root.handlers[:], root.level, structlog.get_config()
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**configuration)


def test_lines_carry_the_bound_ids(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("json")
    with bind(**{REQUEST_ID: "r1", CHAT_ID: "c1", TURN: 7}):
        structlog.get_logger("ours").info("turn started", messages=3)
        logging.getLogger("theirs").warning("%s is slow", "a query")
    structlog.get_logger("ours").info("outside")
    ours, theirs, outside = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert ours["event"] == "turn started"
    assert (ours["request_id"], ours["chat_id"], ours["turn"], ours["messages"]) == ("r1", "c1", 7, 3)
    assert (theirs["event"], theirs["level"], theirs["chat_id"]) == ("a query is slow", "warning", "c1")
    assert "chat_id" not in outside


def test_failures_keep_their_traceback_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("json")
    try:
        raise LookupError("lost")
    except LookupError:
        structlog.get_logger("ours").exception("request failed")
    [line] = capsys.readouterr().err.splitlines()
    assert "LookupError: lost" in json.loads(line)["exception"]


def test_lines_below_the_level_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("json", "warning")
    structlog.get_logger("ours").info("quiet")
    logging.getLogger("theirs").info("quiet")
    assert capsys.readouterr().err == ""


def test_console_form_is_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("console")
    structlog.get_logger("ours").info("ready", port=8000)
    assert "port=8000" in capsys.readouterr().err


async def test_what_a_turn_logs_names_its_chat_and_the_model_call(world: World) -> None:
    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as lines:
        chat = await world.create_chat(text="/fail auth")
        await settled(world, chat["id"], status="error")
    [failure] = [line for line in lines if line.get("action") == "turn_failed"]
    assert failure["chat_id"] == chat["id"]
    assert failure["turn"] == "1.1"


async def test_what_a_failed_request_logs_names_the_request_and_its_chat(world: World) -> None:
    chat = await world.create_chat()
    await settled(world, chat["id"])
    async with world.services.database.connect() as conn:
        await conn.execute(text("ALTER TABLE chat_messages RENAME TO elsewhere"))
    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as lines:
        answer = await world.alice.get(f"{CHATS}/{chat['id']}/messages")
    assert answer.status_code == 500
    [failure] = [line for line in lines if line.get("action") == "request"]
    assert failure["request_id"] == answer.headers["x-request-id"]
    assert failure["chat_id"] == chat["id"]
