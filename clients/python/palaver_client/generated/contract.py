"""Facts of the contract that this package was made from."""

import re
from typing import Final

CONTRACT_VERSION: Final = "0.1.0"

CONTRACT_SHA256: Final = "7923f4298e94f0990146aede119de171ffd5a5a5722b8eeff76753a3f7b82a68"

IDEMPOTENT_OPERATIONS: Final = (
    re.compile(r"^PATCH /api/experimental/chats/[^/]+/messages/[^/]+$"),
    re.compile(r"^POST /api/experimental/chats$"),
    re.compile(r"^POST /api/experimental/chats/[^/]+/fork$"),
    re.compile(r"^POST /api/experimental/chats/[^/]+/messages$"),
    re.compile(r"^POST /api/experimental/chats/import$"),
)
