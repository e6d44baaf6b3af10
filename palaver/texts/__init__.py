"""What models write about chats, beside their turns: titles, labels of turns and summaries.

A text is asked for with a time limit, cleaned, and saved only where nothing has changed meanwhile that it was about.
"""
