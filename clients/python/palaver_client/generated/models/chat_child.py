from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_client_type import ChatClientType
from ..models.chat_client_type import check_chat_client_type
from ..models.chat_plan_mode import ChatPlanMode
from ..models.chat_plan_mode import check_chat_plan_mode
from ..models.chat_status import ChatStatus
from ..models.chat_status import check_chat_status
from ..types import UNSET, Unset
from typing import cast
from uuid import UUID
import datetime

if TYPE_CHECKING:
  from ..models.chat_child_children_item import ChatChildChildrenItem
  from ..models.chat_child_labels import ChatChildLabels
  from ..models.chat_diff_status import ChatDiffStatus
  from ..models.chat_error import ChatError
  from ..models.chat_file_metadata import ChatFileMetadata
  from ..models.chat_mcp_sign_in import ChatMCPSignIn





T = TypeVar("T", bound="ChatChild")



@_attrs_define
class ChatChild:
    """ A sub-chat; as `Chat`, and never with children of its own.

        Example:
            {'id': '7a21e6d4-0c9b-4f53-9d18-3e5fb2c8a760', 'organization_id': '0d4c7b1e-93f2-4a8d-b6c5-17e2f08a9b34',
                'owner_id': '1f0c2d3e-4b5a-4678-9a0b-c1d2e3f40516', 'owner_username': 'alice', 'owner_name': 'Alice Moreau',
                'parent_chat_id': '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'root_chat_id':
                '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'last_model_config_id': 'aa3e7c91-5d20-4b6f-9e84-c07f1a2b3d4e', 'title':
                'Read the changelog', 'status': 'waiting', 'last_turn_summary': None, 'summary': None, 'created_at':
                '2026-08-01T10:00:03.5Z', 'updated_at': '2026-08-01T10:00:06.12Z', 'archived': False, 'shared': False,
                'pin_order': 0, 'mcp_server_ids': [], 'labels': {}, 'has_unread': False, 'client_type': 'api', 'children': []}

        Attributes:
            id (UUID):
            organization_id (UUID): Never changes.
            owner_id (UUID): Who created the chat.
            root_chat_id (UUID): The root of the tree; its own id for a root.
            last_model_config_id (UUID): Model of the newest message that names one.
            title (str):
            status (ChatStatus): `waiting`: idle. `running`: a turn is being produced. `error`: the last turn failed, see
                `last_error`.
                `requires_action`: the client must post results of dynamic tools, or the owner must decide tool calls.
                `interrupting`: asked to stop, the partial
                answer is being saved.
            last_turn_summary (None | str): A few words about the last turn.
            summary (None | str): A short text about the whole chat.
            created_at (datetime.datetime):
            updated_at (datetime.datetime): Last change of execution; sorts lists.
            archived (bool): Archived chats are read-only.
            shared (bool): The root has entries in its ACL.
            pin_order (int): 0: not pinned; else the place, from 1.
            mcp_server_ids (list[UUID]): The chat's tool servers.
            labels (ChatChildLabels):
            has_unread (bool): There are answers beyond the owner's read cursor; computed in lists and children, else false.
            client_type (ChatClientType): Who created the chat, a user interface or a program.
            children (list[ChatChildChildrenItem]): Always empty.
            owner_username (str | Unset):
            owner_name (str | Unset):
            parent_chat_id (UUID | Unset): The parent of a sub-chat; absent for a root.
            last_reasoning_effort (str | Unset): Effort chosen with the newest such message.
            plan_mode (ChatPlanMode | Unset): Planning mode; the key is absent when it is off.
            last_error (ChatError | Unset): Why a turn failed. Example: {'message': 'Authentication with Anthropic failed.
                Check the API key and permissions.', 'detail': 'invalid x-api-key', 'kind': 'auth', 'provider': 'anthropic',
                'retryable': False, 'status_code': 401}.
            diff_status (ChatDiffStatus | Unset): Pull request of a chat. Palaver has no workspaces, so it says "nothing
                known": `chat_id` and empty values. It
                is there for clients of the compatible wire.
                 Example: {'chat_id': '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'pull_request_title': '', 'pull_request_draft':
                False, 'changes_requested': False, 'additions': 0, 'deletions': 0, 'changed_files': 0}.
            mcp_sign_ins (list[ChatMCPSignIn] | Unset): The tool servers that the newest turn went without, because the
                owner has to sign in there; absent when
                there are none. `connect-mcp-server-oauth2` leads there, and the next turn tries again.
            files (list[ChatFileMetadata] | Unset): Linked attachments; only from `create-chat` and `get-chat-by-id`, absent
                when there are none.
            warnings (list[str] | Unset): Why files could not be linked; only in answers of `create-chat`.
     """

    id: UUID
    organization_id: UUID
    owner_id: UUID
    root_chat_id: UUID
    last_model_config_id: UUID
    title: str
    status: ChatStatus
    last_turn_summary: None | str
    summary: None | str
    created_at: datetime.datetime
    updated_at: datetime.datetime
    archived: bool
    shared: bool
    pin_order: int
    mcp_server_ids: list[UUID]
    labels: ChatChildLabels
    has_unread: bool
    client_type: ChatClientType
    children: list[ChatChildChildrenItem]
    owner_username: str | Unset = UNSET
    owner_name: str | Unset = UNSET
    parent_chat_id: UUID | Unset = UNSET
    last_reasoning_effort: str | Unset = UNSET
    plan_mode: ChatPlanMode | Unset = UNSET
    last_error: ChatError | Unset = UNSET
    diff_status: ChatDiffStatus | Unset = UNSET
    mcp_sign_ins: list[ChatMCPSignIn] | Unset = UNSET
    files: list[ChatFileMetadata] | Unset = UNSET
    warnings: list[str] | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_child_children_item import ChatChildChildrenItem # noqa: PLC0415
        from ..models.chat_child_labels import ChatChildLabels # noqa: PLC0415
        from ..models.chat_diff_status import ChatDiffStatus # noqa: PLC0415
        from ..models.chat_error import ChatError # noqa: PLC0415
        from ..models.chat_file_metadata import ChatFileMetadata # noqa: PLC0415
        from ..models.chat_mcp_sign_in import ChatMCPSignIn # noqa: PLC0415
        id = str(self.id)

        organization_id = str(self.organization_id)

        owner_id = str(self.owner_id)

        root_chat_id = str(self.root_chat_id)

        last_model_config_id = str(self.last_model_config_id)

        title = self.title

        status: str = self.status

        last_turn_summary: None | str
        last_turn_summary = self.last_turn_summary

        summary: None | str
        summary = self.summary

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        archived = self.archived

        shared = self.shared

        pin_order = self.pin_order

        mcp_server_ids = []
        for mcp_server_ids_item_data in self.mcp_server_ids:
            mcp_server_ids_item = str(mcp_server_ids_item_data)
            mcp_server_ids.append(mcp_server_ids_item)



        labels = self.labels.to_dict()

        has_unread = self.has_unread

        client_type: str = self.client_type

        children = []
        for children_item_data in self.children:
            children_item = children_item_data.to_dict()
            children.append(children_item)



        owner_username = self.owner_username

        owner_name = self.owner_name

        parent_chat_id: str | Unset = UNSET
        if not isinstance(self.parent_chat_id, Unset):
            parent_chat_id = str(self.parent_chat_id)

        last_reasoning_effort = self.last_reasoning_effort

        plan_mode: str | Unset = UNSET
        if not isinstance(self.plan_mode, Unset):
            plan_mode = self.plan_mode


        last_error: dict[str, Any] | Unset = UNSET
        if not isinstance(self.last_error, Unset):
            last_error = self.last_error.to_dict()

        diff_status: dict[str, Any] | Unset = UNSET
        if not isinstance(self.diff_status, Unset):
            diff_status = self.diff_status.to_dict()

        mcp_sign_ins: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.mcp_sign_ins, Unset):
            mcp_sign_ins = []
            for mcp_sign_ins_item_data in self.mcp_sign_ins:
                mcp_sign_ins_item = mcp_sign_ins_item_data.to_dict()
                mcp_sign_ins.append(mcp_sign_ins_item)



        files: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.files, Unset):
            files = []
            for files_item_data in self.files:
                files_item = files_item_data.to_dict()
                files.append(files_item)



        warnings: list[str] | Unset = UNSET
        if not isinstance(self.warnings, Unset):
            warnings = self.warnings




        field_dict: dict[str, Any] = {}

        field_dict.update({
            "id": id,
            "organization_id": organization_id,
            "owner_id": owner_id,
            "root_chat_id": root_chat_id,
            "last_model_config_id": last_model_config_id,
            "title": title,
            "status": status,
            "last_turn_summary": last_turn_summary,
            "summary": summary,
            "created_at": created_at,
            "updated_at": updated_at,
            "archived": archived,
            "shared": shared,
            "pin_order": pin_order,
            "mcp_server_ids": mcp_server_ids,
            "labels": labels,
            "has_unread": has_unread,
            "client_type": client_type,
            "children": children,
        })
        if owner_username is not UNSET:
            field_dict["owner_username"] = owner_username
        if owner_name is not UNSET:
            field_dict["owner_name"] = owner_name
        if parent_chat_id is not UNSET:
            field_dict["parent_chat_id"] = parent_chat_id
        if last_reasoning_effort is not UNSET:
            field_dict["last_reasoning_effort"] = last_reasoning_effort
        if plan_mode is not UNSET:
            field_dict["plan_mode"] = plan_mode
        if last_error is not UNSET:
            field_dict["last_error"] = last_error
        if diff_status is not UNSET:
            field_dict["diff_status"] = diff_status
        if mcp_sign_ins is not UNSET:
            field_dict["mcp_sign_ins"] = mcp_sign_ins
        if files is not UNSET:
            field_dict["files"] = files
        if warnings is not UNSET:
            field_dict["warnings"] = warnings

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_child_children_item import ChatChildChildrenItem # noqa: PLC0415
        from ..models.chat_child_labels import ChatChildLabels # noqa: PLC0415
        from ..models.chat_diff_status import ChatDiffStatus # noqa: PLC0415
        from ..models.chat_error import ChatError # noqa: PLC0415
        from ..models.chat_file_metadata import ChatFileMetadata # noqa: PLC0415
        from ..models.chat_mcp_sign_in import ChatMCPSignIn # noqa: PLC0415
        d = dict(src_dict)
        id = UUID(d.pop("id"))




        organization_id = UUID(d.pop("organization_id"))




        owner_id = UUID(d.pop("owner_id"))




        root_chat_id = UUID(d.pop("root_chat_id"))




        last_model_config_id = UUID(d.pop("last_model_config_id"))




        title = d.pop("title")

        status = check_chat_status(d.pop("status"))




        def _parse_last_turn_summary(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        last_turn_summary = _parse_last_turn_summary(d.pop("last_turn_summary"))


        def _parse_summary(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        summary = _parse_summary(d.pop("summary"))


        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))




        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))




        archived = d.pop("archived")

        shared = d.pop("shared")

        pin_order = d.pop("pin_order")

        mcp_server_ids = []
        _mcp_server_ids = d.pop("mcp_server_ids")
        for mcp_server_ids_item_data in (_mcp_server_ids):
            mcp_server_ids_item = UUID(mcp_server_ids_item_data)



            mcp_server_ids.append(mcp_server_ids_item)


        labels = ChatChildLabels.from_dict(d.pop("labels"))




        has_unread = d.pop("has_unread")

        client_type = check_chat_client_type(d.pop("client_type"))




        children = []
        _children = d.pop("children")
        for children_item_data in (_children):
            children_item = ChatChildChildrenItem.from_dict(children_item_data)



            children.append(children_item)


        owner_username = d.pop("owner_username", UNSET)

        owner_name = d.pop("owner_name", UNSET)

        _parent_chat_id = d.pop("parent_chat_id", UNSET)
        parent_chat_id: UUID | Unset
        if isinstance(_parent_chat_id,  Unset):
            parent_chat_id = UNSET
        else:
            parent_chat_id = UUID(_parent_chat_id)




        last_reasoning_effort = d.pop("last_reasoning_effort", UNSET)

        _plan_mode = d.pop("plan_mode", UNSET)
        plan_mode: ChatPlanMode | Unset
        if isinstance(_plan_mode,  Unset):
            plan_mode = UNSET
        else:
            plan_mode = check_chat_plan_mode(_plan_mode)




        _last_error = d.pop("last_error", UNSET)
        last_error: ChatError | Unset
        if isinstance(_last_error,  Unset):
            last_error = UNSET
        else:
            last_error = ChatError.from_dict(_last_error)




        _diff_status = d.pop("diff_status", UNSET)
        diff_status: ChatDiffStatus | Unset
        if isinstance(_diff_status,  Unset):
            diff_status = UNSET
        else:
            diff_status = ChatDiffStatus.from_dict(_diff_status)




        _mcp_sign_ins = d.pop("mcp_sign_ins", UNSET)
        mcp_sign_ins: list[ChatMCPSignIn] | Unset = UNSET
        if _mcp_sign_ins is not UNSET:
            mcp_sign_ins = []
            for mcp_sign_ins_item_data in _mcp_sign_ins:
                mcp_sign_ins_item = ChatMCPSignIn.from_dict(mcp_sign_ins_item_data)



                mcp_sign_ins.append(mcp_sign_ins_item)


        _files = d.pop("files", UNSET)
        files: list[ChatFileMetadata] | Unset = UNSET
        if _files is not UNSET:
            files = []
            for files_item_data in _files:
                files_item = ChatFileMetadata.from_dict(files_item_data)



                files.append(files_item)


        warnings = cast(list[str], d.pop("warnings", UNSET))


        chat_child = cls(
            id=id,
            organization_id=organization_id,
            owner_id=owner_id,
            root_chat_id=root_chat_id,
            last_model_config_id=last_model_config_id,
            title=title,
            status=status,
            last_turn_summary=last_turn_summary,
            summary=summary,
            created_at=created_at,
            updated_at=updated_at,
            archived=archived,
            shared=shared,
            pin_order=pin_order,
            mcp_server_ids=mcp_server_ids,
            labels=labels,
            has_unread=has_unread,
            client_type=client_type,
            children=children,
            owner_username=owner_username,
            owner_name=owner_name,
            parent_chat_id=parent_chat_id,
            last_reasoning_effort=last_reasoning_effort,
            plan_mode=plan_mode,
            last_error=last_error,
            diff_status=diff_status,
            mcp_sign_ins=mcp_sign_ins,
            files=files,
            warnings=warnings,
        )

        return chat_child

