"""Prompt texts that people write, cleaned of what only confuses a model or hides things from a reader."""

import re

# Soft hyphens, joiners, direction marks, invisible operators, byte order marks and annotation marks.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_LINE_END = re.compile(r"\r\n?")
_BLANK_LINES = re.compile(r"\n{3,}")


def clean_prompt(text: str) -> str:
    """`text` with LF line ends, without invisible code points, at most one blank line in a row, trimmed.

    Source: contract, notes of `update-chat-system-prompt`.
    """
    unified = _LINE_END.sub("\n", text)
    visible = _INVISIBLE.sub("", unified)
    return _BLANK_LINES.sub("\n\n", visible).strip()
