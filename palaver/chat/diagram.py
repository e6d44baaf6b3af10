"""The state diagram of the documentation, printed from the table."""

from palaver.chat.states import ALLOWED, State, Transition


def mermaid() -> str:
    """The table as a Mermaid state diagram; the same table gives the same text, byte for byte.

    Transitions between the same two states share an arrow; loops are listed beside their state.
    """
    lines = ["stateDiagram-v2"]
    lines += [f"    {state.value}: {_title(state)}" for state in State if state is not State.ABSENT]
    for before in State:
        arrows: dict[State, list[Transition]] = {}
        for transition in Transition:
            for after in ALLOWED[before].get(transition, frozenset()):
                arrows.setdefault(after, []).append(transition)
        lines += [
            f"    {_name(before)} --> {_name(after)}: {', '.join(transition.value for transition in arrows[after])}"
            for after in State
            if after in arrows
        ]
    return "\n".join(lines) + "\n"


def _name(state: State) -> str:
    return "[*]" if state is State.ABSENT else state.value


def _title(state: State) -> str:
    name = state.name.replace("_", " ").lower().removesuffix(" queued")
    queued = " + queue" if state.name.endswith("_QUEUED") else ""
    return f"{state.value} {name}{queued}"
