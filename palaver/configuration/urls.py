"""URLs that an administrator types in: what a pattern cannot tell about them."""

import ipaddress
from urllib.parse import SplitResult, urlsplit

_SCHEMES = frozenset({"http", "https"})


def parse_url(text: str) -> SplitResult | None:
    """The parts of an absolute http or https URL with a usable host and port; None for anything else."""
    try:
        parts = urlsplit(text)
        usable = parts.scheme in _SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:  # an address in brackets that is none, a port above 65535
        return None
    return parts if usable else None


def is_loopback(url: SplitResult) -> bool:
    """Whether the URL leads to this very machine."""
    host = url.hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
