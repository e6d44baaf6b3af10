"""What models cost: the account of it, limits on it, and what running calls set aside.

The account itself is written by `palaver.chat`, with the messages that it is about.
"""
