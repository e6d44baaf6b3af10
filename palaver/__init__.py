"""The engine: state machine, worker, streams, models, authentication. Nothing here knows the HTTP operations."""

from typing import Final

__version__: Final = "0.1.0"
