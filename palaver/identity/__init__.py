"""Users, organizations and memberships: what is stored, and the statements that read and write it.

Rules about who may do what stand in palaver.auth; keys and sessions do as well.
"""
