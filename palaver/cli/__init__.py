"""The command line: `palaver serve | demo | chat | conformance | token | db | mcp | doctor | settings | openapi`."""

from palaver.cli.commands import app, main

__all__ = ["app", "main"]
