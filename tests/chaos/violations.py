"""What the checker hands out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken promise: which rule, of which chat (empty: of none in particular), and how."""

    rule: str
    chat_id: str
    text: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.chat_id and self.chat_id + ': '}{self.text}"
