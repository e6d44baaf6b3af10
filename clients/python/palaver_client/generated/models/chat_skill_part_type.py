from typing import Literal

ChatSkillPartType = Literal['skill']

CHAT_SKILL_PART_TYPE_VALUES: set[ChatSkillPartType] = { 'skill',  }

def check_chat_skill_part_type(value: str) -> ChatSkillPartType:
    if value in CHAT_SKILL_PART_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_SKILL_PART_TYPE_VALUES!r}")
