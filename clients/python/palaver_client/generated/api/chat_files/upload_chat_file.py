from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.error_response import ErrorResponse
from ...models.upload_chat_file_response import UploadChatFileResponse
from ...types import File, FileTypes
from io import BytesIO
from typing import cast
from uuid import UUID



def _get_kwargs(
    *,
    body: File,
    organization: UUID,
    content_disposition: str,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    headers["Content-Disposition"] = content_disposition



    

    params: dict[str, Any] = {}

    json_organization = str(organization)
    params["organization"] = json_organization


    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}


    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/experimental/chats/files",
        "params": params,
    }

    _kwargs["content"] = body.payload
    headers["Content-Type"] = "application/octet-stream"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ErrorResponse | UploadChatFileResponse | str | None:
    if response.status_code == 201:
        response_201 = UploadChatFileResponse.from_dict(response.json())



        return response_201

    if response.status_code == 400:
        response_400 = ErrorResponse.from_dict(response.json())



        return response_400

    if response.status_code == 401:
        response_401 = ErrorResponse.from_dict(response.json())



        return response_401

    if response.status_code == 403:
        response_403 = ErrorResponse.from_dict(response.json())



        return response_403

    if response.status_code == 413:
        response_413 = ErrorResponse.from_dict(response.json())



        return response_413

    if response.status_code == 428:
        response_428 = response.text
        return response_428

    if response.status_code == 429:
        response_429 = ErrorResponse.from_dict(response.json())



        return response_429

    if response.status_code == 500:
        response_500 = ErrorResponse.from_dict(response.json())



        return response_500

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ErrorResponse | UploadChatFileResponse | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: File,
    organization: UUID,
    content_disposition: str,

) -> Response[ErrorResponse | UploadChatFileResponse | str]:
    """ Upload an attachment

     The body is the file itself; `Content-Type` names its type (parameters are dropped; absent or
    `application/octet-stream` means: decide by the content), `Content-Disposition` its name. The type
    found in the
    content is stored. A file that no chat links is removed after the retention time.

    Checks, in order:
    1. the caller may create chats in the organization (403)
    2. the declared type is one of `ChatAttachmentMediaType`, or `application/octet-stream` (400)
    3. the body has at most 10485760 bytes (413)
    4. a file name is left after cleaning: control characters removed, trimmed, cut to 255 bytes (400)
    5. the content is not empty and can be classified (400)
    6. the type found is one of `ChatAttachmentMediaType` (400)
    7. it equals the declared type, or is Markdown, CSV or JSON declared as `text/plain` (400)

    A store that does not take the file: 500, with its name and what is wrong with it as `detail`; send
    it again.

    12 requests per minute (429).

    Args:
        organization (UUID):
        content_disposition (str):
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | UploadChatFileResponse | str]
     """


    kwargs = _get_kwargs(
        body=body,
organization=organization,
content_disposition=content_disposition,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    *,
    client: AuthenticatedClient | Client,
    body: File,
    organization: UUID,
    content_disposition: str,

) -> ErrorResponse | UploadChatFileResponse | str | None:
    """ Upload an attachment

     The body is the file itself; `Content-Type` names its type (parameters are dropped; absent or
    `application/octet-stream` means: decide by the content), `Content-Disposition` its name. The type
    found in the
    content is stored. A file that no chat links is removed after the retention time.

    Checks, in order:
    1. the caller may create chats in the organization (403)
    2. the declared type is one of `ChatAttachmentMediaType`, or `application/octet-stream` (400)
    3. the body has at most 10485760 bytes (413)
    4. a file name is left after cleaning: control characters removed, trimmed, cut to 255 bytes (400)
    5. the content is not empty and can be classified (400)
    6. the type found is one of `ChatAttachmentMediaType` (400)
    7. it equals the declared type, or is Markdown, CSV or JSON declared as `text/plain` (400)

    A store that does not take the file: 500, with its name and what is wrong with it as `detail`; send
    it again.

    12 requests per minute (429).

    Args:
        organization (UUID):
        content_disposition (str):
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | UploadChatFileResponse | str
     """


    return sync_detailed(
        client=client,
body=body,
organization=organization,
content_disposition=content_disposition,

    ).parsed

async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: File,
    organization: UUID,
    content_disposition: str,

) -> Response[ErrorResponse | UploadChatFileResponse | str]:
    """ Upload an attachment

     The body is the file itself; `Content-Type` names its type (parameters are dropped; absent or
    `application/octet-stream` means: decide by the content), `Content-Disposition` its name. The type
    found in the
    content is stored. A file that no chat links is removed after the retention time.

    Checks, in order:
    1. the caller may create chats in the organization (403)
    2. the declared type is one of `ChatAttachmentMediaType`, or `application/octet-stream` (400)
    3. the body has at most 10485760 bytes (413)
    4. a file name is left after cleaning: control characters removed, trimmed, cut to 255 bytes (400)
    5. the content is not empty and can be classified (400)
    6. the type found is one of `ChatAttachmentMediaType` (400)
    7. it equals the declared type, or is Markdown, CSV or JSON declared as `text/plain` (400)

    A store that does not take the file: 500, with its name and what is wrong with it as `detail`; send
    it again.

    12 requests per minute (429).

    Args:
        organization (UUID):
        content_disposition (str):
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | UploadChatFileResponse | str]
     """


    kwargs = _get_kwargs(
        body=body,
organization=organization,
content_disposition=content_disposition,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: File,
    organization: UUID,
    content_disposition: str,

) -> ErrorResponse | UploadChatFileResponse | str | None:
    """ Upload an attachment

     The body is the file itself; `Content-Type` names its type (parameters are dropped; absent or
    `application/octet-stream` means: decide by the content), `Content-Disposition` its name. The type
    found in the
    content is stored. A file that no chat links is removed after the retention time.

    Checks, in order:
    1. the caller may create chats in the organization (403)
    2. the declared type is one of `ChatAttachmentMediaType`, or `application/octet-stream` (400)
    3. the body has at most 10485760 bytes (413)
    4. a file name is left after cleaning: control characters removed, trimmed, cut to 255 bytes (400)
    5. the content is not empty and can be classified (400)
    6. the type found is one of `ChatAttachmentMediaType` (400)
    7. it equals the declared type, or is Markdown, CSV or JSON declared as `text/plain` (400)

    A store that does not take the file: 500, with its name and what is wrong with it as `detail`; send
    it again.

    12 requests per minute (429).

    Args:
        organization (UUID):
        content_disposition (str):
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | UploadChatFileResponse | str
     """


    return (await asyncio_detailed(
        client=client,
body=body,
organization=organization,
content_disposition=content_disposition,

    )).parsed
