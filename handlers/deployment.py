"""The deployment: facts about the running server."""

from typing import cast

from palaver.configuration.deployment import deployment_id
from palaver.contract.context import Context
from palaver.contract.types import AvailableExperiments, BuildInfoResponse, Experiment


async def build_info(ctx: Context) -> BuildInfoResponse:
    """Version and id of this installation; what concerns workspaces is empty."""
    base_url = ctx.services.authenticator.base_url(ctx.headers.get("host", ""))
    async with ctx.services.database.connect() as conn:
        installation = await deployment_id(conn)
    return {
        "external_url": f"{base_url}/docs",
        "version": ctx.services.version,
        "dashboard_url": base_url,
        "telemetry": False,
        "workspace_proxy": False,
        "agent_api_version": "",
        "provisioner_api_version": "",
        "upgrade_message": "",
        "deployment_id": installation,
    }


async def get_enabled_experiments(ctx: Context) -> list[Experiment]:
    """The experiments that are switched on."""
    return cast("list[Experiment]", list(ctx.services.settings.enabled_experiments))


async def get_safe_experiments(ctx: Context) -> AvailableExperiments:
    """The experiments that could be switched on without a thought: none."""
    return {"safe": []}
