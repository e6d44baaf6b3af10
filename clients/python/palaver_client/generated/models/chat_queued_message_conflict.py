from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_queued_message_conflict_location import ChatQueuedMessageConflictLocation
from ..models.chat_queued_message_conflict_location import check_chat_queued_message_conflict_location
from ..types import UNSET, Unset
from typing import cast






T = TypeVar("T", bound="ChatQueuedMessageConflict")



@_attrs_define
class ChatQueuedMessageConflict:
    """ A `Response`, with where the message is now where it is not as the caller believes.

        Example:
            {'message': 'The queued message has left the queue.', 'detail': 'It became message 45.', 'location': 'history',
                'message_id': 45}

        Attributes:
            message (str): What happened, for people.
            detail (str | Unset): More about it, often technical.
            location (ChatQueuedMessageConflictLocation | Unset): In the queue at another version, in the history as a
                message, or nowhere.
            version (int | Unset): Of the entry in the queue.
            message_id (int | Unset): Of the message that the entry became.
     """

    message: str
    detail: str | Unset = UNSET
    location: ChatQueuedMessageConflictLocation | Unset = UNSET
    version: int | Unset = UNSET
    message_id: int | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        message = self.message

        detail = self.detail

        location: str | Unset = UNSET
        if not isinstance(self.location, Unset):
            location = self.location


        version = self.version

        message_id = self.message_id


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "message": message,
        })
        if detail is not UNSET:
            field_dict["detail"] = detail
        if location is not UNSET:
            field_dict["location"] = location
        if version is not UNSET:
            field_dict["version"] = version
        if message_id is not UNSET:
            field_dict["message_id"] = message_id

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        message = d.pop("message")

        detail = d.pop("detail", UNSET)

        _location = d.pop("location", UNSET)
        location: ChatQueuedMessageConflictLocation | Unset
        if isinstance(_location,  Unset):
            location = UNSET
        else:
            location = check_chat_queued_message_conflict_location(_location)




        version = d.pop("version", UNSET)

        message_id = d.pop("message_id", UNSET)

        chat_queued_message_conflict = cls(
            message=message,
            detail=detail,
            location=location,
            version=version,
            message_id=message_id,
        )

        return chat_queued_message_conflict

