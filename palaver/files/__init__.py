"""Attachments behind their operations: rows, links to chats, and the stores that hold the bytes.

`rows` is what the database knows of files; `storage` writes and reads their bytes, in the store that the settings
name and in any that a row names; `stores` says what a store is, `in_database`, `in_directory` and `in_s3` are the three
there are. Bytes are written first and their row second; `orphans` removes what no row owns. Nothing here knows who may
read what. Nothing is imported here: settings read locations, and commands that have settings need no database.
"""
