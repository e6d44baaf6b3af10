"""Faults on purpose: several real servers over one PostgreSQL, broken by a seeded plan while clients work on.

`plan` says what goes wrong and when; `fleet`, `proxy` make it happen; `clients` and `viewers` use the servers all the
while and keep a `ledger` of what they were promised; `journal` records in the database who wrote what; `checker`
holds it all together at the end. `python -m tests.chaos` runs it.
"""
