"""The bot behind a page in the browser, with no Discord and no account.

SimCord runs a discord.py bot against a Discord in this process, and shows one channel of it on a
page that works like the client. This package is what stands around that page:

- ``simulation`` attaches a bot to a simulated Discord whose clock is today's;
- ``world`` furnishes it: the server Gondola, its channels and its four members, with their
  ``portraits``;
- ``stage`` shows one channel at a time through SimCord's preview, and lets its users take turns;
- ``watch`` counts what changes in the world, so that the page never has to ask;
- ``proxy`` carries the browser's requests to the preview;
- ``page`` is the server people open: a bar of ours over the preview, kept fresh by ``events``;
- ``browser`` opens its address where there is a browser to open;
- ``run`` puts the real bot behind it.

The order is simulation, world, page::

    async with simulate(bot) as env:
        world = await build_world(env)
        async with serve_demo_page(env, world) as page:
            await open_in_browser(page.url)
            await page.closed()

Nothing here knows the bot but as a discord.py client. While the page is served, nothing else may
operate the environment: SimCord takes one operation at a time, and the page's turns know only of
each other.
"""

import logging

_WARNED = [logging.getLogger(name) for name in ("discord.client", "discord.state")]

# As it is imported, SimCord tries discord.py with a client that has no intents and no voice.
for _logger in _WARNED:
    _logger.disabled = True
import simcord  # noqa: E402, F401 - the loggers come first; who needs it imports it once more

for _logger in _WARNED:
    _logger.disabled = False
