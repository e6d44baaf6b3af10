"""Fuzzing of the streams: clients work by chance in chats that viewers watch, while others ask for streams wrongly."""
