"""Puts our own Python client (clients/python) within reach of the commands that talk to servers. Import it before that.

An installed Palaver has its own copy, under a name that no other package has: a `palaver-client` of another version
may be installed beside it, and the server imports neither.
"""

import sys
from pathlib import Path
from typing import Final

import palaver

_PACKAGE: Final = Path(palaver.__file__).parent
_PLACES: Final = (_PACKAGE / "clients", _PACKAGE.parent / "clients" / "python")
"""Inside an installed package, and beside a checkout."""

sys.path[:0] = [str(place) for place in _PLACES if (place / "palaver_client").is_dir()]
