"""The state diagram of the documentation, printed from the table."""

from palaver.chat.states import ALLOWED, WITH_HELD, State, Transition


def mermaid() -> str:
    """The tables as a Mermaid state diagram; the same tables give the same text, byte for byte.

    `(held)`: only while entries of the queue are held.
    Transitions between the same two states share an arrow; loops are listed beside their state.
    """
    lines = ["stateDiagram-v2"]
    lines += [f"    {state.value}: {_title(state)}" for state in State if state is not State.ABSENT]
    for before in State:
        arrows: dict[State, list[str]] = {}
        for table, condition in ((ALLOWED, ""), (WITH_HELD, " (held)")):
            for transition in Transition:
                for after in table[before].get(transition, frozenset()):
                    arrows.setdefault(after, []).append(f"{transition.value}{condition}")
        lines += [
            f"    {_name(before)} --> {_name(after)}: {', '.join(arrows[after])}" for after in State if after in arrows
        ]
    return "\n".join(lines) + "\n"


def _name(state: State) -> str:
    return "[*]" if state is State.ABSENT else state.value


def _title(state: State) -> str:
    name = state.name.replace("_", " ").lower().removesuffix(" queued")
    queued = " + queue" if state.name.endswith("_QUEUED") else ""
    return f"{state.value} {name}{queued}"
