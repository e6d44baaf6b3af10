"""What handlers check before the engine acts: access, content and selections, each in the wire's words.

`access_*` fetches and authorizes in one step, `check_*` validates and returns what the engine needs, `require_*`
passes or raises. Nothing here changes a chat.
"""
