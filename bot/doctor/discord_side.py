"""Discord: the token, and what the bot may do on each server."""

from bot.doctor.finding import Finding, Verdict
from bot.settings import Settings
from bot.ui.client.probe import ProbeError, TokenRefused, probe


async def check_discord(settings: Settings) -> tuple[Finding, ...]:
    """Log in without the gateway, so that a bot that runs is not disturbed."""
    token = settings.discord_token
    if token is None:
        return ()
    try:
        seen = await probe(token.get_secret_value(), api_url=settings.discord_api_url)
    except TokenRefused:
        to_do = "Copy the bot's token anew from the developer portal."
        return (Finding("Discord token", Verdict.FAULT, "refused", to_do),)
    except ProbeError as error:
        return (Finding("Discord", Verdict.FAULT, f"{error}", "Look at DISCORD_API_URL."),)
    flags = ", ".join(seen.flags) or "no flags"
    login = Finding("Discord token", Verdict.OK, f"{seen.bot_name} ({flags})")
    if not seen.servers:
        to_do = "Invite the bot: developer portal, OAuth2."
        return (login, Finding("servers", Verdict.WARNING, "the bot is on none", to_do))
    return (
        login,
        *(_server(each.name, each.missing) for each in seen.servers),
    )


def _server(name: str, missing: tuple[str, ...]) -> Finding:
    if not missing:
        return Finding(f"server {name}", Verdict.OK, "permissions suffice")
    lacks = ", ".join(missing)
    to_do = "Give the bot's role these permissions."
    return Finding(f"server {name}", Verdict.WARNING, f"lacks {lacks}", to_do)
