from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast






T = TypeVar("T", bound="ChatModelOpenAIConfig")



@_attrs_define
class ChatModelOpenAIConfig:
    """ Settings of the OpenAI client.

        Example:
            {'use_responses_api': True}

        Attributes:
            use_responses_api (bool | None | Unset): Use the Responses API (true) or Chat Completions (false); absent leaves
                the choice to the server.
     """

    use_responses_api: bool | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        use_responses_api: bool | None | Unset
        if isinstance(self.use_responses_api, Unset):
            use_responses_api = UNSET
        else:
            use_responses_api = self.use_responses_api


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
        })
        if use_responses_api is not UNSET:
            field_dict["use_responses_api"] = use_responses_api

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        def _parse_use_responses_api(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        use_responses_api = _parse_use_responses_api(d.pop("use_responses_api", UNSET))


        chat_model_open_ai_config = cls(
            use_responses_api=use_responses_api,
        )


        chat_model_open_ai_config.additional_properties = d
        return chat_model_open_ai_config

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
