"""The contract at work: openapi.yaml read once, and compiled into everything that stands before a handler.

`edge.build_edge` makes the ASGI application. A request passes `routing` (404, 405), the session token (401), the rate
limit (429), `body` (413), `parameters` and `validation` (400, worded by `violations`), then its handler (found and
checked by `handlers`), and is answered by `rendering`. `types` is generated from the contract by `generate`.

Nothing here knows what an operation does; nothing in the engine knows how it is reached.
"""
