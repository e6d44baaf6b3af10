"""Connections to other servers that this one does not make."""


class ConnectionRefusedByPolicy(Exception):
    """The address, or what it resolves to, is none that the server connects to; the text says which and why."""
