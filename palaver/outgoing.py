"""Where this server connects on behalf of what users have configured: model providers, and whatever follows them.

A name is resolved once, and what it resolved to is both what is judged and what is connected to: a name that answers
differently the next time (DNS rebinding) leads nowhere else. Addresses that are embedded in others (IPv4-mapped,
NAT64, 6to4, Teredo) are judged for what they lead to.
"""

import asyncio
import socket
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final, Protocol, Self

from palaver.errors.outgoing import ConnectionRefusedByPolicy

SCHEMES: Final = frozenset({"http", "https"})

METADATA_ADDRESSES: Final = frozenset(
    ip_address(text)
    for text in ("169.254.169.254", "100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254", "fd20:ce::254")
)
"""Where clouds tell a machine its credentials; most are link-local as well."""

_NAT64: Final = IPv6Network("64:ff9b::/96")
_COMPATIBLE: Final = IPv6Network("::/96")

Address = IPv4Address | IPv6Address


class OutgoingSettings(Protocol):
    """The settings that outgoing connections depend on."""

    @property
    def allow_private_networks(self) -> bool: ...

    @property
    def outgoing_ports(self) -> Collection[int]: ...


@dataclass(frozen=True, slots=True)
class OutgoingPolicy:
    """`ports` may be connected to, all where there are none; private addresses only with `allow_private`."""

    allow_private: bool
    ports: frozenset[int] = frozenset()

    @classmethod
    def of(cls, settings: OutgoingSettings) -> Self:
        """The policy that the settings ask for."""
        return cls(settings.allow_private_networks, frozenset(settings.outgoing_ports))

    def check(self, scheme: str, host: str, port: int) -> None:
        """Raise ConnectionRefusedByPolicy for what can be told without resolving the host."""
        if scheme not in SCHEMES:
            raise ConnectionRefusedByPolicy(f"URLs begin with http:// or https://, not {scheme}://.")
        if self.ports and port not in self.ports:
            raise ConnectionRefusedByPolicy(f"Port {port} is none that this server connects to (outgoing_ports).")
        if (address := _parsed(host)) is not None:
            self._judge(host, [address])

    async def resolve(self, host: str, port: int) -> list[str]:
        """The addresses of `host` that may be connected to, in the order to try them.

        Raises ConnectionRefusedByPolicy when it has addresses and none may be; OSError when it has none.
        """
        if (literal := _parsed(host)) is not None:
            return self._judge(host, [literal])
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
        addresses = [address for *_, place in found if (address := _parsed(str(place[0]))) is not None]
        return self._judge(host, addresses)

    def _judge(self, host: str, addresses: list[Address]) -> list[str]:
        refusals = {address: self._refusal(address) for address in addresses}
        allowed = [str(address) for address, refusal in refusals.items() if refusal is None]
        if not allowed:
            told = "; ".join(f"{address} {refusal}" for address, refusal in refusals.items())
            raise ConnectionRefusedByPolicy(f"This server does not connect to {host}: {told}.")
        return allowed

    def _refusal(self, address: Address) -> str | None:
        kinds = {_kind(each) for each in _meant(address)}
        if "forbidden" in kinds:
            return "is no address of a server"
        if "private" in kinds and not self.allow_private:
            return "is in a private network (PALAVER_ALLOW_PRIVATE_NETWORKS allows that)"
        return None


def _parsed(host: str) -> Address | None:
    """The address that `host` is written as, its IPv6 zone left out; None for a name."""
    try:
        return ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return None


def _meant(address: Address) -> Iterator[Address]:
    """The address, or what an address that stands for another one leads to."""
    if isinstance(address, IPv4Address):
        yield address
        return
    if (mapped := address.ipv4_mapped) is not None:
        yield mapped
        return
    yield address
    if (relayed := address.sixtofour) is not None:
        yield relayed
    if (tunnelled := address.teredo) is not None:
        yield from tunnelled
    if address in _NAT64 or (address in _COMPATIBLE and int(address) > 1):
        yield IPv4Address(int(address) & 0xFFFFFFFF)


@lru_cache(maxsize=1024)
def _kind(address: Address) -> str:
    """`forbidden` whatever is configured, `private`, or `public`."""
    if address.is_loopback:
        return "private"
    if (
        address in METADATA_ADDRESSES
        or address.is_link_local
        or address.is_multicast
        or address.is_unspecified
        or (isinstance(address, IPv4Address) and address.is_reserved)
    ):
        return "forbidden"
    site_local = isinstance(address, IPv6Address) and address.is_site_local
    return "public" if address.is_global and not site_local else "private"
