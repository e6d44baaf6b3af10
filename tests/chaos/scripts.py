"""What clients say: scripts for the demo model, and what it answers to each."""

import random
import re
from collections.abc import Sequence
from typing import Any

TOOL = {"name": "ask", "description": "Answered by nobody.", "input_schema": {"type": "object"}}


def make_script(rng: random.Random, token: str, tools: bool, lease_seconds: float) -> str:
    """A message that is answered in between no time and somewhat more than a lease; the token comes last."""
    kinds = ["plain", "short", "short", "think", "retry", "wait", "long"]
    if tools:
        kinds += ["tool", "tool"]
    match rng.choice(kinds):
        case "short":
            head = f"/slow {rng.randint(2, 25)} 0.05\n"
        case "think":
            head = "/think This needs a little thought.\n"
        case "retry":
            head = "/fail 503 1\n"
        case "wait":
            head = f"/wait {rng.uniform(0.2, 1.5):.1f}\n"
        case "long":
            head = f"/slow {int(lease_seconds * rng.uniform(1, 12))} 0.1\n"
        case "tool":
            head = '/tool ask {"what": "the time"}\n'
        case _:
            head = ""
    return f"{head}/echo {token}"


def expected_steps(script: str) -> int:
    """How many assistant messages a whole answer has."""
    return 2 if "/tool" in script else 1


def expected_text(script: str) -> str:
    """The text of the last assistant message of a whole answer."""
    said = script.rsplit("/echo ", 1)[1]
    if slow := re.match(r"/slow (\d+)", script):
        return "".join(f"part {number} " for number in range(1, int(slow[1]) + 1)) + "\n" + said
    return said


def text_of(content: Sequence[dict[str, Any]] | None) -> str:
    """The text parts of a message, joined."""
    return "".join(part.get("text", "") for part in content or () if part.get("type") == "text")
