"""Facts of the contract that this package was made from."""

import re
from typing import Final

CONTRACT_VERSION: Final = "0.1.0"

CONTRACT_SHA256: Final = "8ec4d0a48f82ebbb89bea7ac0c02ad90261db7eecc4afe77a48c8c693038d0b6"

IDEMPOTENT_OPERATIONS: Final = (
    re.compile(r"^PATCH /api/experimental/chats/[^/]+/messages/[^/]+$"),
    re.compile(r"^POST /api/experimental/chats$"),
    re.compile(r"^POST /api/experimental/chats/[^/]+/fork$"),
    re.compile(r"^POST /api/experimental/chats/[^/]+/messages$"),
    re.compile(r"^POST /api/experimental/chats/import$"),
)
