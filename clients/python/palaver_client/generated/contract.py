"""Facts of the contract that this package was made from."""

import re
from typing import Final

CONTRACT_VERSION: Final = "0.1.0"

CONTRACT_SHA256: Final = "99cb0f0928df3cf2d4d5ec9c7d3b15ced434793bee28bf38fdc02aa81eb07215"

IDEMPOTENT_OPERATIONS: Final = (
    re.compile(r"^PATCH /api/experimental/chats/[^/]+/messages/[^/]+$"),
    re.compile(r"^POST /api/experimental/chats$"),
    re.compile(r"^POST /api/experimental/chats/[^/]+/fork$"),
    re.compile(r"^POST /api/experimental/chats/[^/]+/messages$"),
    re.compile(r"^POST /api/experimental/chats/import$"),
)
