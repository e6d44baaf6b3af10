from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.error_response import ErrorResponse
from ...models.validate_user_password_request import ValidateUserPasswordRequest
from ...models.validate_user_password_response import ValidateUserPasswordResponse
from typing import cast



def _get_kwargs(
    *,
    body: ValidateUserPasswordRequest,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}


    

    

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v2/users/validate-password",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ErrorResponse | ValidateUserPasswordResponse | None:
    if response.status_code == 200:
        response_200 = ValidateUserPasswordResponse.from_dict(response.json())



        return response_200

    if response.status_code == 400:
        response_400 = ErrorResponse.from_dict(response.json())



        return response_400

    if response.status_code == 413:
        response_413 = ErrorResponse.from_dict(response.json())



        return response_413

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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ErrorResponse | ValidateUserPasswordResponse]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: ValidateUserPasswordRequest,

) -> Response[ErrorResponse | ValidateUserPasswordResponse]:
    """ Check how strong a password is

     Tells whether a password would be accepted: at most 64 characters and at least 52 bits of entropy.
    When it would
    not, `details` says what would help. Nothing is stored. Needs no authentication; sixty requests a
    minute are let
    through for each client address (429).

    Args:
        body (ValidateUserPasswordRequest): A password to judge. Example: {'password': 'Correct-
            Horse-7-Staple'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | ValidateUserPasswordResponse]
     """


    kwargs = _get_kwargs(
        body=body,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    *,
    client: AuthenticatedClient | Client,
    body: ValidateUserPasswordRequest,

) -> ErrorResponse | ValidateUserPasswordResponse | None:
    """ Check how strong a password is

     Tells whether a password would be accepted: at most 64 characters and at least 52 bits of entropy.
    When it would
    not, `details` says what would help. Nothing is stored. Needs no authentication; sixty requests a
    minute are let
    through for each client address (429).

    Args:
        body (ValidateUserPasswordRequest): A password to judge. Example: {'password': 'Correct-
            Horse-7-Staple'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | ValidateUserPasswordResponse
     """


    return sync_detailed(
        client=client,
body=body,

    ).parsed

async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: ValidateUserPasswordRequest,

) -> Response[ErrorResponse | ValidateUserPasswordResponse]:
    """ Check how strong a password is

     Tells whether a password would be accepted: at most 64 characters and at least 52 bits of entropy.
    When it would
    not, `details` says what would help. Nothing is stored. Needs no authentication; sixty requests a
    minute are let
    through for each client address (429).

    Args:
        body (ValidateUserPasswordRequest): A password to judge. Example: {'password': 'Correct-
            Horse-7-Staple'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | ValidateUserPasswordResponse]
     """


    kwargs = _get_kwargs(
        body=body,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: ValidateUserPasswordRequest,

) -> ErrorResponse | ValidateUserPasswordResponse | None:
    """ Check how strong a password is

     Tells whether a password would be accepted: at most 64 characters and at least 52 bits of entropy.
    When it would
    not, `details` says what would help. Nothing is stored. Needs no authentication; sixty requests a
    minute are let
    through for each client address (429).

    Args:
        body (ValidateUserPasswordRequest): A password to judge. Example: {'password': 'Correct-
            Horse-7-Staple'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | ValidateUserPasswordResponse
     """


    return (await asyncio_detailed(
        client=client,
body=body,

    )).parsed
