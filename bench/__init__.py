"""Benchmarks against the bars that Palaver sets itself: `python -m bench [name ...] [--check]`.

Every side of a comparison runs in a process of its own, in one run, on one PostgreSQL with fsync on. Clients, servers
and database share the machine's cores: the clients speak raw HTTP and do as little as they can, and what they cost is
in the figures all the same.
"""
