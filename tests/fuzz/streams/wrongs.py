"""What attackers say: cursors that nobody gave, frames that are none, requests at the edge of HTTP."""

import random
from collections.abc import Callable
from urllib.parse import quote

from tests.fuzz.streams.raw import BINARY, CLOSE, PING, PONG, TEXT, frame, request, upgrade

NORMAL, PROTOCOL_ERROR, NO_TEXT, POLICY, TOO_BIG = 1000, 1002, 1007, 1008, 1009
GOING = {1001, 1012}
"""The server itself ends: a probe was not answered, it restarts."""

HOSTILE: dict[str, tuple[Callable[[random.Random], bytes], set[int]]] = {
    "a text": (lambda rng: frame(TEXT, b"hello"), {POLICY}),
    "an empty text": (lambda rng: frame(TEXT), {POLICY}),
    "a binary message": (lambda rng: frame(BINARY, rng.randbytes(40)), {POLICY}),
    "the first piece of a text": (lambda rng: frame(TEXT, b"hel", final=False) + frame(0, b"lo"), {POLICY}),
    "a text that is no UTF-8": (lambda rng: frame(TEXT, b"\xff\xfe\x80"), {POLICY, NO_TEXT}),
    "a long ping": (lambda rng: frame(PING, b"x" * 126), {PROTOCOL_ERROR}),
    "a ping in pieces": (lambda rng: frame(PING, b"x", final=False), {PROTOCOL_ERROR}),
    "a reserved opcode": (lambda rng: frame(rng.choice([3, 4, 5, 6, 7, 11, 12, 13, 14, 15])), {PROTOCOL_ERROR}),
    "a reserved bit": (lambda rng: frame(TEXT, b"x", reserved=rng.randint(1, 7)), {PROTOCOL_ERROR}),
    "a frame without a mask": (lambda rng: frame(TEXT, b"hello", mask=False), {PROTOCOL_ERROR}),
    "a continuation of nothing": (lambda rng: frame(0, b"x"), {PROTOCOL_ERROR}),
    "a large text": (lambda rng: frame(TEXT, b"x" * 65_537), {TOO_BIG}),
    "the claim of a huge text": (lambda rng: frame(TEXT, b"x" * 10, says=2**40), {TOO_BIG}),
    "the claim of an impossible text": (lambda rng: frame(TEXT, b"x", says=2**63), {TOO_BIG, PROTOCOL_ERROR}),
    "a close": (lambda rng: frame(CLOSE, b"\x03\xe8bye"), {NORMAL}),
    "a close without a code": (lambda rng: frame(CLOSE), {NORMAL, 1005}),
    "a close of one byte": (lambda rng: frame(CLOSE, b"\x03"), {PROTOCOL_ERROR}),
    "a close with a code that may not be sent": (
        lambda rng: frame(CLOSE, rng.choice([999, 1004, 1005, 1006, 1015, 5000]).to_bytes(2, "big")),
        {PROTOCOL_ERROR},
    ),
    "a close whose reason is no UTF-8": (lambda rng: frame(CLOSE, b"\x03\xe8\xff\xfe"), {PROTOCOL_ERROR, NO_TEXT}),
}
"""What a viewer must not send, and the codes with which it may be closed."""

PATIENT: dict[str, Callable[[random.Random], bytes]] = {
    "a ping": lambda rng: frame(PING, rng.randbytes(rng.randint(0, 125))),
    "a pong that nobody asked for": lambda rng: frame(PONG, b"here I am"),
    "ten pings": lambda rng: frame(PING, b"x") * 10,
}
"""What changes nothing."""

HANDSHAKES: dict[str, tuple[list[str], str, str]] = {
    "no key": (["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13"], "GET", "1.1"),
    "a short key": ([*upgrade()[:3], "Sec-WebSocket-Key: c2hvcnQ="], "GET", "1.1"),
    "a key that is no base64": ([*upgrade()[:3], "Sec-WebSocket-Key: @@@@"], "GET", "1.1"),
    "two keys": ([*upgrade(), upgrade()[3]], "GET", "1.1"),
    "no version": ([*upgrade()[:2], upgrade()[3]], "GET", "1.1"),
    "an old version": ([*upgrade()[:2], "Sec-WebSocket-Version: 8", upgrade()[3]], "GET", "1.1"),
    "no connection line": ([upgrade()[0], *upgrade()[2:]], "GET", "1.1"),
    "another protocol": (["Upgrade: h2c", *upgrade()[1:]], "GET", "1.1"),
    "a POST": (upgrade(), "POST", "1.1"),
    "HTTP/1.0": (upgrade(), "GET", "1.0"),
    "an origin from elsewhere": ([*upgrade(), "Origin: https://elsewhere.example"], "GET", "1.1"),
    "an origin that is none": ([*upgrade(), "Origin: ://["], "GET", "1.1"),
    "subprotocols": ([*upgrade(), "Sec-WebSocket-Protocol: a, b, ,"], "GET", "1.1"),
    "extensions": ([*upgrade(), "Sec-WebSocket-Extensions: permessage-deflate; a=b; ;"], "GET", "1.1"),
    "a body": ([*upgrade(), "Content-Length: 5"], "GET", "1.1"),
    "many lines": ([*upgrade(), *(f"X-{number}: x" for number in range(300))], "GET", "1.1"),
    "a long line": ([*upgrade(), f"X-Long: {'x' * 70_000}"], "GET", "1.1"),
    "a line that is not ASCII": ([*upgrade(), "X-Name: \u00e9\u0661"], "GET", "1.1"),
    "a cursor": ([*upgrade(), "Last-Event-ID: 1.2.3"], "GET", "1.1"),
}
"""Lines, method and version of requests for a WebSocket."""

ODDITIES: dict[str, Callable[[str, str], bytes]] = {
    "a HEAD": lambda target, token: request(target, token, method="HEAD"),
    "a PUT": lambda target, token: request(target, token, "Content-Length: 2", method="PUT") + b"{}",
    "an OPTIONS": lambda target, token: request(target, token, method="OPTIONS"),
    "a method of no one's": lambda target, token: request(target, token, method="BREW"),
    "a method in small letters": lambda target, token: request(target, token, method="get"),
    "a body": lambda target, token: request(target, token, "Content-Length: 5") + b"hello",
    "a body in chunks": lambda target, token: (
        request(target, token, "Transfer-Encoding: chunked") + b"5\r\nhello\r\n0\r\n\r\n"
    ),
    "a chunk without a size": lambda target, token: (
        request(target, token, "Transfer-Encoding: chunked") + b"zz\r\nhello\r\n0\r\n\r\n"
    ),
    "two ideas of a length": lambda target, token: (
        request(target, token, "Content-Length: 5", "Transfer-Encoding: chunked") + b"0\r\n\r\n"
    ),
    "two lengths": lambda target, token: request(target, token, "Content-Length: 1", "Content-Length: 2") + b"ab",
    "a length below nothing": lambda target, token: request(target, token, "Content-Length: -1"),
    "an expectation": lambda target, token: request(target, token, "Expect: 100-continue", "Content-Length: 5"),
    "HTTP/1.0": lambda target, token: request(target, token, version="1.0"),
    "HTTP/3.7": lambda target, token: request(target, token, version="3.7"),
    "a request behind the first": lambda target, token: request(target, token) * 2,
    "a folded line": lambda target, token: request(target, token, "X-Folded: a", " b"),
    "a line without a name": lambda target, token: request(target, token, ": nobody"),
    "a name with a space": lambda target, token: request(target, token, "Last-Event-ID : 1"),
    "lines that end early": lambda target, token: request(target, token).replace(b"\r\n", b"\n"),
    "a NUL in a line": lambda target, token: request(target, token, "Last-Event-ID: a\0b"),
    "many lines": lambda target, token: request(target, token, *(f"X-{number}: x" for number in range(300))),
    "a long line": lambda target, token: request(target, token, f"X-Long: {'x' * 70_000}"),
    "a long query": lambda target, token: request(f"{target}?x={'y' * 70_000}", token),
    "a whole address": lambda target, token: request(f"http://127.0.0.1{target}", token),
    "doubled slashes": lambda target, token: request(target.replace("/", "//"), token),
    "an encoded path": lambda target, token: request(quote(target, safe="/").replace("a", "%61"), token),
    "a path that climbs": lambda target, token: request(f"{target}/../stream", token),
    "a fragment": lambda target, token: request(f"{target}#here", token),
    "a broken escape": lambda target, token: request(f"{target}?after_id=%zz", token),
    "a NUL in the query": lambda target, token: request(f"{target}?after_id=%00", token),
    "the same parameter twice": lambda target, token: request(f"{target}?after_id=1&after_id=2", token),
    "an Accept that fits nothing": lambda target, token: request(target, token, "Accept: image/png"),
    "half a request": lambda target, token: request(target, token)[:-10],
    "no request at all": lambda target, token: b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
}
"""Requests by the address of a stream and a token."""

HALF = "half a request"
LONG = {"many lines", "a long line", "a long query"}
"""What a server may cut off while it is being sent: then the answer may be lost on the way."""


def mutated(rng: random.Random, cursor: str, other: str) -> tuple[str, str]:
    """What is done to a cursor, and what comes of it; `other` is one of another chat."""
    parts = cursor.split(".")
    place = rng.randrange(len(cursor)) if cursor else 0
    ways: dict[str, str] = {
        "garbage": "".join(chr(rng.randint(33, 126)) for _ in range(rng.randint(1, 60))),
        "not ASCII": cursor + "\u0661\u00e9",
        "digits of others": cursor.replace("1", "\u0661"),
        "of another chat": other,
        "cut": cursor[:place],
        "one letter changed": cursor[:place] + chr(rng.randint(33, 126)) + cursor[place + 1 :],
        "doubled": f"{cursor}, {cursor}",
        "long": cursor + "1" * 5_000,
        "fields left out": ".".join(parts[:-1]),
    }
    for number, name in ((1, "snapshot"), (2, "history"), (3, "queue"), (4, "retries"), (-1, "part")):
        if len(parts) > 4:
            for value in ("0", "-1", "999999999999999999", "9" * 30, "0x1", str(rng.randint(0, 60))):
                ways[f"{name} {value}"] = ".".join(
                    [*parts[:number], value, *(parts[number + 1 :] if number > 0 else [])]
                )
    name = rng.choice(list(ways))
    return name, ways[name]
