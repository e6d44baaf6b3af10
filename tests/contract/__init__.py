"""The proof that openapi.yaml is valid, complete, and what the server does."""
