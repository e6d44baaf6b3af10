"""Where the server connects on behalf of what users have configured."""

import asyncio
import socket
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaver.errors.outgoing import ConnectionRefusedByPolicy
from palaver.outgoing import OutgoingPolicy

PUBLIC_ONLY, ANYWHERE = OutgoingPolicy(allow_private=False), OutgoingPolicy(allow_private=True)

PUBLIC = ["1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1", "64:ff9b::1.1.1.1"]
PRIVATE = [
    "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "198.18.0.1", "192.0.2.1",
    "0.1.2.3", "::1", "fd12::1", "fec0::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1",
    "2002:7f00:1::", "2002:0a00:0001::", "::127.0.0.1", "[::1]",
]  # fmt: skip
FORBIDDEN = [
    "169.254.169.254", "169.254.0.1", "0.0.0.0", "224.0.0.1", "240.0.0.1", "255.255.255.255", "100.100.100.200",
    "168.63.129.16", "::", "fe80::1", "fe80::1%eth0", "ff02::1", "fd00:ec2::254", "::ffff:169.254.169.254",
    "::ffff:a9fe:a9fe", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::", "::169.254.169.254",
]  # fmt: skip


async def refused(policy: OutgoingPolicy, host: str) -> bool:
    try:
        await policy.resolve(host, 443)
    except ConnectionRefusedByPolicy:
        with pytest.raises(ConnectionRefusedByPolicy):
            policy.check("https", host, 443)
        return True
    policy.check("https", host, 443)
    return False


@pytest.mark.parametrize("host", PUBLIC)
async def test_public_addresses_may_be_connected_to(host: str) -> None:
    assert not await refused(PUBLIC_ONLY, host)
    assert not await refused(ANYWHERE, host)


@pytest.mark.parametrize("host", PRIVATE)
async def test_private_addresses_are_for_those_who_allow_them(host: str) -> None:
    assert await refused(PUBLIC_ONLY, host)
    assert not await refused(ANYWHERE, host)


@pytest.mark.parametrize("host", FORBIDDEN)
async def test_addresses_of_metadata_links_and_groups_are_never_connected_to(host: str) -> None:
    assert await refused(PUBLIC_ONLY, host)
    assert await refused(ANYWHERE, host)


@given(st.ip_addresses(v=4))
def test_an_address_is_judged_alike_however_it_is_written(address: Any) -> None:
    def verdict(text: str) -> bool:
        try:
            PUBLIC_ONLY.check("https", text, 443)
        except ConnectionRefusedByPolicy:
            return False
        return True

    number = int(address)
    mapped, translated = f"::ffff:{address}", f"64:ff9b::{number >> 16:x}:{number & 0xFFFF:x}"
    assert verdict(str(address)) == verdict(mapped) == verdict(translated)


@pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f.1", "127.1"])
async def test_a_name_is_judged_by_what_it_resolves_to(host: str) -> None:
    with pytest.raises(ConnectionRefusedByPolicy, match=r"private network"):
        await PUBLIC_ONLY.resolve(host, 80)
    assert set(await ANYWHERE.resolve(host, 80)) <= {"127.0.0.1", "::1"}


def answers(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    async def getaddrinfo(*_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", getaddrinfo)


async def test_only_what_is_allowed_of_a_names_addresses_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, "10.0.0.1", "1.1.1.1", "169.254.169.254", "1.0.0.1")
    assert await PUBLIC_ONLY.resolve("example.com", 443) == ["1.1.1.1", "1.0.0.1"]
    answers(monkeypatch, "10.0.0.1", "169.254.169.254")
    with pytest.raises(ConnectionRefusedByPolicy) as refusal:
        await PUBLIC_ONLY.resolve("example.com", 443)
    assert "example.com: 10.0.0.1 is in a private network" in str(refusal.value)
    assert "169.254.169.254 is no address of a server" in str(refusal.value)


async def test_a_name_without_an_address_is_a_fault_and_no_refusal() -> None:
    with pytest.raises(OSError):  # noqa: PT011 - whatever the resolver says
        await PUBLIC_ONLY.resolve("nothing.invalid", 443)


def test_only_web_addresses_and_the_chosen_ports_are_connected_to() -> None:
    with pytest.raises(ConnectionRefusedByPolicy, match="ftp"):
        ANYWHERE.check("ftp", "example.com", 21)
    chosen = OutgoingPolicy(allow_private=True, ports=frozenset({443, 8000}))
    chosen.check("https", "example.com", 443)
    with pytest.raises(ConnectionRefusedByPolicy, match="Port 22"):
        chosen.check("http", "example.com", 22)
