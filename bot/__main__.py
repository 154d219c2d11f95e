import gc
import sys

# Importing makes no garbage: looking for some on the way takes a fifth of the time.
gc.disable()
from bot.cli import main  # noqa: E402 - what is imported before is all that this needs

gc.freeze()
gc.enable()

if __name__ == "__main__":
    sys.exit(main())
