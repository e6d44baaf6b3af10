"""The stores of file bytes, and everything that passes through them."""
