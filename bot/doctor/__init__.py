"""`python -m bot doctor`: looks at all that a start rests on, and says what to do."""

from bot.doctor.examination import examine
from bot.doctor.finding import Finding, Verdict

__all__ = ["Finding", "Verdict", "examine"]
