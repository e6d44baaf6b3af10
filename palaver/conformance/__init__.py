"""The conformance kit: holds any server of this wire to the contract, over the wire and nothing else.

`checks.py` says what a check is; the modules of `areas/` hold them; `lab.py` is what a check works with: callers
(`callers.py`) whose every answer and event is judged against openapi.yaml (`judging.py`), chats, a model. `running.py`
runs checks, `reports.py` writes what came out. Nothing here knows the server's inside.
"""
