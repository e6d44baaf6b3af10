from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast

if TYPE_CHECKING:
  from ..models.auth_method import AuthMethod
  from ..models.github_auth_method import GithubAuthMethod
  from ..models.oidc_auth_method import OIDCAuthMethod





T = TypeVar("T", bound="AuthMethods")



@_attrs_define
class AuthMethods:
    """ The ways to sign in.

        Example:
            {'password': {'enabled': True}, 'github': {'enabled': False, 'default_provider_configured': False}, 'oidc':
                {'enabled': False, 'signInText': 'OpenID Connect', 'iconUrl': ''}}

        Attributes:
            password (AuthMethod): Whether a way to sign in is on. Example: {'enabled': True}.
            github (GithubAuthMethod): Sign-in by GitHub, which this server does not have. Example: {'enabled': False,
                'default_provider_configured': False}.
            oidc (OIDCAuthMethod): Sign-in by an OpenID Connect provider. Example: {'enabled': True, 'signInText': 'Sign in
                with Example', 'iconUrl': 'https://example.com/icon.svg'}.
            terms_of_service_url (str | Unset): Shown at sign-in.
     """

    password: AuthMethod
    github: GithubAuthMethod
    oidc: OIDCAuthMethod
    terms_of_service_url: str | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        from ..models.auth_method import AuthMethod # noqa: PLC0415
        from ..models.github_auth_method import GithubAuthMethod # noqa: PLC0415
        from ..models.oidc_auth_method import OIDCAuthMethod # noqa: PLC0415
        password = self.password.to_dict()

        github = self.github.to_dict()

        oidc = self.oidc.to_dict()

        terms_of_service_url = self.terms_of_service_url


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "password": password,
            "github": github,
            "oidc": oidc,
        })
        if terms_of_service_url is not UNSET:
            field_dict["terms_of_service_url"] = terms_of_service_url

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.auth_method import AuthMethod # noqa: PLC0415
        from ..models.github_auth_method import GithubAuthMethod # noqa: PLC0415
        from ..models.oidc_auth_method import OIDCAuthMethod # noqa: PLC0415
        d = dict(src_dict)
        password = AuthMethod.from_dict(d.pop("password"))




        github = GithubAuthMethod.from_dict(d.pop("github"))




        oidc = OIDCAuthMethod.from_dict(d.pop("oidc"))




        terms_of_service_url = d.pop("terms_of_service_url", UNSET)

        auth_methods = cls(
            password=password,
            github=github,
            oidc=oidc,
            terms_of_service_url=terms_of_service_url,
        )

        return auth_methods

