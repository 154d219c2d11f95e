"""All checks, in the order of the table."""

from bot.doctor.api import check_api
from bot.doctor.discord_side import check_discord
from bot.doctor.finding import Finding
from bot.doctor.machine import check_database, check_disk, check_settings
from bot.settings import Settings


async def examine(settings: Settings) -> tuple[Finding, ...]:
    """Check everything; what fails is a finding, and keeps no other check from being made."""
    return (
        check_settings(settings),
        *await check_discord(settings),
        *await check_api(settings),
        await check_database(settings),
        check_disk(settings),
    )
