"""Client-side tools: what may be answered, and what not."""

from typing import Any

from palaver.conformance.areas.journeys import asking_chat
from palaver.conformance.callers import CHATS, Answer
from palaver.conformance.checks import Area, Failed, Need
from palaver.conformance.lab import Lab

area = Area("tools", "Client-side tools")


def _result(call_id: str, output: Any = 7) -> dict[str, Any]:
    return {"tool_call_id": call_id, "output": output, "is_error": False}


async def _submit(lab: Lab, chat_id: str, *results: dict[str, Any]) -> Answer:
    return await lab.caller.post(f"{CHATS}/{chat_id}/tool-results", {"results": list(results)})


@area.check(
    "nothing-asked",
    "Results that nobody asked for are refused",
    "409 `Chat is not waiting for tool results.` with the status",
    Need.ANSWERS,
)
async def nothing_asked(lab: Lab) -> None:
    answer = await _submit(lab, (await lab.idle_chat())["id"], _result("call_1"))
    detail = 'chat status is "waiting", expected "requires_action"'
    answer.refused(409, "Chat is not waiting for tool results.", detail=detail)


@area.check("no-results", "There must be a result", "400 `At least one tool result is required.`", Need.CHATS)
async def no_results(lab: Lab) -> None:
    answer = await _submit(lab, (await lab.idle_chat())["id"])
    answer.refused(400, "At least one tool result is required.")


@area.check(
    "which-calls",
    "Each open call is answered once, and no other",
    "400: duplicate, missing and unexpected results",
    Need.ANSWERS,
)
async def which_calls(lab: Lab) -> None:
    chat = await asking_chat(lab)
    async with lab.streaming(chat["id"]) as stream:
        asked = await stream.until(lambda event: event["type"] == "action_required", "action_required")
    call = str(asked["action_required"]["tool_calls"][0]["tool_call_id"])
    (await _submit(lab, chat["id"], _result(call), _result(call))).refused(
        400, "Duplicate tool_call_id in results.", detail=f'Duplicate tool call ID "{call}".'
    )
    (await _submit(lab, chat["id"], _result("call_none"))).refused(
        400, "Missing tool result.", detail=f'Missing result for tool call "{call}".'
    )
    (await _submit(lab, chat["id"], _result(call), _result("call_none"))).refused(
        400, "Unexpected tool result.", detail='No pending tool call with ID "call_none".'
    )
    (await _submit(lab, chat["id"], _result(call))).expect(204)
    await lab.settle(chat["id"])


@area.check(
    "interrupt",
    "A chat that waits for results can be interrupted",
    "the open calls get cancel results and the turn goes on",
    Need.ANSWERS,
)
async def interrupt(lab: Lab) -> None:
    chat = await asking_chat(lab)
    (await lab.caller.post(f"{CHATS}/{chat['id']}/interrupt")).expect(200)
    if await lab.settle(chat["id"]) == "requires_action":
        raise Failed("the chat still waits for results")
    results = [
        part
        for message in await lab.history(chat["id"])
        for part in message["content"]
        if part["type"] == "tool-result"
    ]
    if (
        not results
        or not results[0].get("is_error")
        or results[0].get("result") != "Tool execution interrupted by user"
    ):
        raise Failed(f"the results are {results}")


@area.check(
    "send-interrupts",
    "A message can answer instead",
    "busy_behavior interrupt: cancel results, then the message",
    Need.ANSWERS,
)
async def send_interrupts(lab: Lab) -> None:
    chat = await asking_chat(lab)
    sent = await lab.send(chat["id"], "Answer briefly: never mind", busy_behavior="interrupt")
    if sent["queued"] is not True:
        raise Failed(f"the answer is {sent}")
    await lab.settle(chat["id"])
    if (await lab.said_by_users(chat["id"]))[-1] != "Answer briefly: never mind":
        raise Failed(f"the users' messages are {await lab.said_by_users(chat['id'])}")
