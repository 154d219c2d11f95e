"""Rules are tested by their answers; how long a loaded machine takes over one says nothing."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "rules", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("rules")
