"""Recorded model calls: what is kept of them, and how it gets into the database."""
