"""Uploads and downloads."""

from typing import Any, Final

from palaver.conformance.callers import CHATS, Answer, Caller
from palaver.conformance.checks import Area, Failed, Need
from palaver.conformance.lab import NOBODY, NOT_FOUND, Lab, said

area = Area("files", "Files")

_FILES: Final = f"{CHATS}/files"
_TYPES: Final = (
    "application/json, application/pdf, image/gif, image/jpeg, image/png, image/webp, "
    "text/csv, text/markdown, text/plain"
)
_ALLOWED: Final = f"Allowed types: {_TYPES}."
_UNSUPPORTED: Final = "Unsupported file type."


async def post_file(lab: Lab, content: bytes, media_type: str, name: str | None, organization: str | None) -> Answer:
    """The answer to an upload; no name sends no Content-Disposition, no organization no parameter."""
    headers = {"Content-Type": media_type}
    if name is not None:
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    params: dict[str, Any] = {} if organization is None else {"organization": organization}
    return await lab.caller.request("POST", _FILES, content=content, headers=headers, params=params)


async def upload(lab: Lab, content: bytes, media_type: str, name: str) -> str:
    """The id of a new file."""
    answer = await post_file(lab, content, media_type, name, lab.organization)
    return str(answer.expect(201).json["id"])


async def download(caller: Caller, file_id: str) -> Answer:
    """The answer with a file's bytes."""
    return (await caller.get(f"{_FILES}/{file_id}")).expect(200)


@area.check(
    "refusals",
    "A bad upload is told what is wrong",
    "upload-chat-file: organization, declared type, name, detected type, in that order",
)
async def refusals(lab: Lab) -> None:
    here = lab.organization
    (await post_file(lab, b"hello", "text/plain", "a.txt", None)).refused(400, "Missing organization query parameter.")
    (await post_file(lab, b"hello", "text/plain", "a.txt", "x")).refused(400, "Invalid organization ID.")
    (await post_file(lab, b"hello", "video/mp4", "", here)).refused(400, _UNSUPPORTED, detail=_ALLOWED)
    nameless = await post_file(lab, b"hello", "text/plain", None, here)
    nameless.refused(400, "Filename is required.", detail="Provide a filename in the Content-Disposition header.")
    picture = await post_file(lab, b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/png", "a.png", here)
    picture.refused(400, _UNSUPPORTED, detail=_ALLOWED)
    other = await post_file(lab, b"\x89PNG\r\n\x1a\n" + bytes(32), "text/plain", "a.txt", here)
    other.refused(400, "File content type does not match Content-Type header.")


@area.check(
    "detected", "The type is decided by the content", "application/octet-stream means: decide by content and name"
)
async def detected(lab: Lab) -> None:
    file_id = await upload(lab, b'{"a": 1}\n', "application/octet-stream", "a.json")
    media_type = (await download(lab.caller, file_id)).headers.get("content-type", "")
    if media_type.partition(";")[0] != "application/json":
        raise Failed(f"the type is {media_type!r}")


@area.check(
    "headers", "A download may be kept for ever", "length, private and immutable cache, inline but for PDF, the name"
)
async def headers(lab: Lab) -> None:
    for content, media_type, name, how in (
        (b"a,b\n1,2\n", "text/csv", "figures.csv", "inline"),
        (b"%PDF-1.4\n%%EOF\n", "application/pdf", "paper.pdf", "attachment"),
    ):
        answer = await download(lab.caller, await upload(lab, content, media_type, name))
        wanted = {
            "content-length": str(len(content)),
            "cache-control": "private, max-age=31536000, immutable",
            "content-disposition": f"{how}; filename=",
        }
        for header, value in wanted.items():
            if not answer.headers.get(header, "").startswith(value):
                raise Failed(f"{name}: {header} is {answer.headers.get(header)!r}, not {value!r}")
        if name not in answer.headers["content-disposition"]:
            raise Failed(f"{name} is not the name in {answer.headers['content-disposition']!r}")


@area.check("unknown", "A file that is not there is 404", f"400 `Invalid file ID.`, 404 `{NOT_FOUND}`")
async def unknown(lab: Lab) -> None:
    (await lab.caller.get(f"{_FILES}/xyz")).refused(400, "Invalid file ID.")
    (await lab.caller.get(f"{_FILES}/{NOBODY}")).refused(404, NOT_FOUND)


@area.check(
    "stranger",
    "A stranger's file is not there",
    "get-chat-file: 404; attaching it: it does not exist",
    Need.CHATS,
    Need.OTHER_USER,
)
async def stranger(lab: Lab) -> None:
    file_id = await upload(lab, b"secret", "text/plain", "secret.txt")
    person = lab.stranger
    (await person.caller.get(f"{_FILES}/{file_id}")).refused(404, NOT_FOUND)
    content = [*said("look"), {"type": "file", "file_id": file_id}]
    answer = await person.caller.post(CHATS, lab.body(content=content))
    answer.refused(400, "Invalid input part.", detail="content[1].file_id references a file that does not exist.")
