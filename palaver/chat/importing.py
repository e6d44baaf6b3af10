"""Importing: a new chat that begins with messages that were brought along. No model is called, nothing is accounted."""

from collections.abc import Sequence
from dataclasses import replace

from palaver.chat.bundle import ChatTx
from palaver.chat.commands import CreateChat
from palaver.chat.forking import mark_read
from palaver.chat.records import ChatRecord, NewMessage
from palaver.chat.states import Transition
from palaver.chat.transitions import new_chat


async def import_chat(tx: ChatTx, new: CreateChat, history: Sequence[NewMessage]) -> ChatRecord:
    """ImportChat: insert the chat of `new`, idle, with `history` in the place of its first message.

    `tx` comes from `ChatMachine.create`. Calls that the history leaves unanswered get cancel results with the next
    message, as in any idle chat.
    """
    tx.require_transaction()
    with tx.transition(Transition.IMPORT_CHAT):
        tx.create(replace(new_chat(new), status="waiting"))
        system = [
            NewMessage("system", [{"type": "text", "text": prompt}], visibility="model")
            for prompt in new.system_prompts
        ]
        tx.insert([*system, *history])
        await tx.flush()
        await mark_read(tx.conn, tx.chat.id)
    return tx.chat
