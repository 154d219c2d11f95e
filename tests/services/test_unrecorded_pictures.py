from tests.services.house import House, make_place
from tests.services.painters import PlainBody
from tests.services.test_tools import ask, brought
from tests.tool_values import make_edit


async def test_a_picture_whose_record_was_never_written_is_removed(house: House) -> None:
    job = await house.ask(make_place())
    await house.finish()
    [image] = (await house.job(job)).images
    assert image.picture is not None
    orphan = await house.pictures.keep(PlainBody(b"written just before the power went"))

    assert await house.housekeeping.remove_unrecorded(older_than_s=0) == 1

    assert await house.pictures.has(image.picture)
    assert not await house.pictures.has(orphan)


async def test_a_picture_that_is_being_recorded_by_another_process_stays(house: House) -> None:
    fresh = await house.pictures.keep(PlainBody(b"its record is on its way"))

    assert await house.housekeeping.remove_unrecorded(older_than_s=60) == 0

    assert await house.pictures.has(fresh)


async def test_a_picture_that_a_member_brought_stays_as_long_as_its_job(house: House) -> None:
    source = await brought(house)
    await ask(house, make_edit(source=source))
    await house.finish()

    assert await house.housekeeping.remove_unrecorded(older_than_s=0) == 0

    assert await house.pictures.has(source.picture)
