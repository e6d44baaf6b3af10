"""The chat as a state machine: its states, its transitions, its history and its queue.

The only writer of the execution state in `chats`, of `chat_messages` and of `chat_queued_messages`. Ways in:
`machine.ChatMachine` to change a chat with `transitions`, `history` to read one. It knows neither who is allowed to
do what, nor workers, streams and models: those hear of changes through `notices`.
"""
