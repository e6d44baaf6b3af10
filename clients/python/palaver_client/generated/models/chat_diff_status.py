from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast
from uuid import UUID
import datetime






T = TypeVar("T", bound="ChatDiffStatus")



@_attrs_define
class ChatDiffStatus:
    """ Pull request of a chat. Palaver has no workspaces, so it says "nothing known": `chat_id` and empty values. It
    is there for clients of the compatible wire.

        Example:
            {'chat_id': '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'pull_request_title': '', 'pull_request_draft': False,
                'changes_requested': False, 'additions': 0, 'deletions': 0, 'changed_files': 0}

        Attributes:
            chat_id (UUID):
            pull_request_title (str):
            pull_request_draft (bool):
            changes_requested (bool):
            additions (int):
            deletions (int):
            changed_files (int):
            url (str | Unset):
            pull_request_state (str | Unset):
            author_login (str | Unset):
            author_avatar_url (str | Unset):
            base_branch (str | Unset):
            head_branch (str | Unset):
            pr_number (int | Unset):
            commits (int | Unset):
            approved (bool | Unset):
            reviewer_count (int | Unset):
            refreshed_at (datetime.datetime | Unset):
            stale_at (datetime.datetime | Unset):
     """

    chat_id: UUID
    pull_request_title: str
    pull_request_draft: bool
    changes_requested: bool
    additions: int
    deletions: int
    changed_files: int
    url: str | Unset = UNSET
    pull_request_state: str | Unset = UNSET
    author_login: str | Unset = UNSET
    author_avatar_url: str | Unset = UNSET
    base_branch: str | Unset = UNSET
    head_branch: str | Unset = UNSET
    pr_number: int | Unset = UNSET
    commits: int | Unset = UNSET
    approved: bool | Unset = UNSET
    reviewer_count: int | Unset = UNSET
    refreshed_at: datetime.datetime | Unset = UNSET
    stale_at: datetime.datetime | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        chat_id = str(self.chat_id)

        pull_request_title = self.pull_request_title

        pull_request_draft = self.pull_request_draft

        changes_requested = self.changes_requested

        additions = self.additions

        deletions = self.deletions

        changed_files = self.changed_files

        url = self.url

        pull_request_state = self.pull_request_state

        author_login = self.author_login

        author_avatar_url = self.author_avatar_url

        base_branch = self.base_branch

        head_branch = self.head_branch

        pr_number = self.pr_number

        commits = self.commits

        approved = self.approved

        reviewer_count = self.reviewer_count

        refreshed_at: str | Unset = UNSET
        if not isinstance(self.refreshed_at, Unset):
            refreshed_at = self.refreshed_at.isoformat()

        stale_at: str | Unset = UNSET
        if not isinstance(self.stale_at, Unset):
            stale_at = self.stale_at.isoformat()


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "chat_id": chat_id,
            "pull_request_title": pull_request_title,
            "pull_request_draft": pull_request_draft,
            "changes_requested": changes_requested,
            "additions": additions,
            "deletions": deletions,
            "changed_files": changed_files,
        })
        if url is not UNSET:
            field_dict["url"] = url
        if pull_request_state is not UNSET:
            field_dict["pull_request_state"] = pull_request_state
        if author_login is not UNSET:
            field_dict["author_login"] = author_login
        if author_avatar_url is not UNSET:
            field_dict["author_avatar_url"] = author_avatar_url
        if base_branch is not UNSET:
            field_dict["base_branch"] = base_branch
        if head_branch is not UNSET:
            field_dict["head_branch"] = head_branch
        if pr_number is not UNSET:
            field_dict["pr_number"] = pr_number
        if commits is not UNSET:
            field_dict["commits"] = commits
        if approved is not UNSET:
            field_dict["approved"] = approved
        if reviewer_count is not UNSET:
            field_dict["reviewer_count"] = reviewer_count
        if refreshed_at is not UNSET:
            field_dict["refreshed_at"] = refreshed_at
        if stale_at is not UNSET:
            field_dict["stale_at"] = stale_at

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        chat_id = UUID(d.pop("chat_id"))




        pull_request_title = d.pop("pull_request_title")

        pull_request_draft = d.pop("pull_request_draft")

        changes_requested = d.pop("changes_requested")

        additions = d.pop("additions")

        deletions = d.pop("deletions")

        changed_files = d.pop("changed_files")

        url = d.pop("url", UNSET)

        pull_request_state = d.pop("pull_request_state", UNSET)

        author_login = d.pop("author_login", UNSET)

        author_avatar_url = d.pop("author_avatar_url", UNSET)

        base_branch = d.pop("base_branch", UNSET)

        head_branch = d.pop("head_branch", UNSET)

        pr_number = d.pop("pr_number", UNSET)

        commits = d.pop("commits", UNSET)

        approved = d.pop("approved", UNSET)

        reviewer_count = d.pop("reviewer_count", UNSET)

        _refreshed_at = d.pop("refreshed_at", UNSET)
        refreshed_at: datetime.datetime | Unset
        if isinstance(_refreshed_at,  Unset):
            refreshed_at = UNSET
        else:
            refreshed_at = datetime.datetime.fromisoformat(_refreshed_at)




        _stale_at = d.pop("stale_at", UNSET)
        stale_at: datetime.datetime | Unset
        if isinstance(_stale_at,  Unset):
            stale_at = UNSET
        else:
            stale_at = datetime.datetime.fromisoformat(_stale_at)




        chat_diff_status = cls(
            chat_id=chat_id,
            pull_request_title=pull_request_title,
            pull_request_draft=pull_request_draft,
            changes_requested=changes_requested,
            additions=additions,
            deletions=deletions,
            changed_files=changed_files,
            url=url,
            pull_request_state=pull_request_state,
            author_login=author_login,
            author_avatar_url=author_avatar_url,
            base_branch=base_branch,
            head_branch=head_branch,
            pr_number=pr_number,
            commits=commits,
            approved=approved,
            reviewer_count=reviewer_count,
            refreshed_at=refreshed_at,
            stale_at=stale_at,
        )

        return chat_diff_status

