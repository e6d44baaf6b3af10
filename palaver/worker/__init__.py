"""The worker: leases runnable chats and produces their turns. It owns turns, not requests.

`service` finds and keeps chats, `runner` follows one of them, `turn` produces its steps, `interruption` keeps what a
stopped step had. Every write is fenced: a runner that has lost its chat changes nothing.
"""
