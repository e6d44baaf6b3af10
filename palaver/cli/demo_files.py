"""Names of what `palaver demo` keeps in its data directory, both 0600."""

from typing import Final

TOKEN_FILE: Final = "demo.token"  # noqa: S105 - a name
PASSWORD_FILE: Final = "demo.password"  # noqa: S105 - a name
