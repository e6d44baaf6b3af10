"""Logs: one line per event, for people or for machines, with the ids of the request, the chat and the turn.

Both `structlog.get_logger()` and the standard library's loggers end up here. Log ids and sizes, never prompts or keys.
"""

import logging
import sys
from typing import Final, Literal

import structlog

REQUEST_ID: Final = "request_id"
CHAT_ID: Final = "chat_id"
TURN: Final = "turn"
"""Names of the context variables that every line carries while they are bound."""

bind = structlog.contextvars.bound_contextvars
"""`with bind(chat_id=..., turn=...):` adds ids to every line logged inside, in tasks started inside too."""

_QUIET_LOGGERS: Final = ("alembic", "asyncio", "connexion", "httpcore", "httpx", "httpx2", "uvicorn")
"""They would repeat at `info` what our own lines say."""


def _without_colours(logger: object, method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    # uvicorn sends each message a second time, painted.
    event.pop("color_message", None)
    return event


def configure_logs(
    log_format: Literal["auto", "json", "console"] = "auto",
    log_level: Literal["debug", "info", "warning", "error"] = "info",
    process: int | None = None,
) -> None:
    """Send all logs to standard error in the given form; `auto` is for people on a terminal, else JSON.

    Where several processes write into one log, each line carries the id of its `process`.
    """

    def with_process(logger: object, method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        event.setdefault("process", process)
        return event

    console = log_format == "console" or (log_format == "auto" and sys.stderr.isatty())
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.stdlib.ExtraAdder(),
        _without_colours,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        *([] if process is None else [with_process]),
    ]
    if console:
        last: list[structlog.typing.Processor] = [
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)
        ]
    else:
        last = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
            foreign_pre_chain=shared,
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(log_level.upper())
    for name in _QUIET_LOGGERS:
        logging.getLogger(name).setLevel(max(root.level, logging.WARNING))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
