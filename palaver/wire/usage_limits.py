"""Limits on spending as the contract shows them."""

from palaver.contract import types
from palaver.spending.limit_rows import GroupLimit, LimitConfig, UserLimit
from palaver.spending.standing import Standing
from palaver.wire.times import format_time


def config_json(config: LimitConfig) -> types.ChatUsageLimitConfig:
    """The default limit and the period."""
    return {
        "spend_limit_micros": config.spend_limit_micros,
        "period": config.period,
        "updated_at": format_time(config.updated_at),
    }


def override_json(limit: UserLimit) -> types.ChatUsageLimitOverride:
    """A user's own limit."""
    return {
        "user_id": str(limit.user_id),
        "username": limit.username,
        "name": limit.name,
        "avatar_url": limit.avatar_url,
        "spend_limit_micros": limit.spend_limit_micros,
    }


def group_override_json(limit: GroupLimit) -> types.ChatUsageLimitGroupOverride:
    """The limit of each member of a group."""
    group = limit.group
    return {
        "group_id": str(group.id),
        "group_name": group.name,
        "group_display_name": group.display_name,
        "group_avatar_url": group.avatar_url,
        "member_count": group.member_count,
        "spend_limit_micros": limit.spend_limit_micros,
    }


def status_json(standing: Standing) -> types.ChatUsageLimitStatus:
    """Where a user stands; what belongs to a limit is left out where there is none."""
    limit = standing.limit
    if limit is None:
        return {"is_limited": False, "current_spend": standing.spent_micros}
    return {
        "is_limited": True,
        "period": limit.period,
        "spend_limit_micros": limit.micros,
        "current_spend": standing.spent_micros,
        "period_start": format_time(standing.start),
        "period_end": format_time(standing.end),
    }
