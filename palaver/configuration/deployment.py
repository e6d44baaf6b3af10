"""Facts of this installation that the first migration wrote."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from models import DeploymentFact


async def deployment_id(conn: AsyncConnection) -> str:
    """The id of this installation, the same as long as its database lives."""
    return (await conn.execute(select(DeploymentFact.value).where(DeploymentFact.name == "deployment_id"))).scalar_one()
