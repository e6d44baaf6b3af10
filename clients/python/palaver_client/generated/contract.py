"""Facts of the contract that this package was made from."""

import re
from typing import Final

CONTRACT_VERSION: Final = "0.1.0"

CONTRACT_SHA256: Final = "c9a67f11cd772aea87a9cb6836f1d6237b92a4682523890ad66e19fa615dfa3e"

IDEMPOTENT_OPERATIONS: Final = (
    re.compile(r"^PATCH /api/experimental/chats/[^/]+/messages/[^/]+$"),
    re.compile(r"^POST /api/experimental/chats$"),
    re.compile(r"^POST /api/experimental/chats/[^/]+/fork$"),
    re.compile(r"^POST /api/experimental/chats/[^/]+/messages$"),
    re.compile(r"^POST /api/experimental/chats/import$"),
)
