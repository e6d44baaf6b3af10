"""Facts of the contract that this package was made from."""

import re
from typing import Final

CONTRACT_VERSION: Final = "0.1.0"

CONTRACT_SHA256: Final = "6ebd694a5decf124054dd6480e17ab5c496aef33a8ecf37dd08e23f48569c64a"

IDEMPOTENT_OPERATIONS: Final = (
    re.compile(r"^PATCH /api/experimental/chats/[^/]+/messages/[^/]+$"),
    re.compile(r"^POST /api/experimental/chats$"),
    re.compile(r"^POST /api/experimental/chats/[^/]+/fork$"),
    re.compile(r"^POST /api/experimental/chats/[^/]+/messages$"),
    re.compile(r"^POST /api/experimental/chats/import$"),
)
