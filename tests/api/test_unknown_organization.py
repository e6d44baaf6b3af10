"""An organization that is not there takes nothing, not even from those whose rights reach everywhere."""

from tests.support.world import CHATS, World, random_id


async def test_a_site_owner_cannot_upload_into_it(world: World) -> None:
    headers = {"Content-Type": "text/plain", "Content-Disposition": 'attachment; filename="notes.txt"'}
    path = f"{CHATS}/files?organization={random_id()}"
    response = await world.owner.post(path, content=b"some notes", headers=headers)
    assert (response.status_code, response.json()["message"]) == (403, "Forbidden.")
