"""Set-up of every test: the same examples on every machine, however slow it is."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# `bench fuzz` looks for new failures; what fails here must fail everywhere, and at any speed.
settings.register_profile(
    "repeatable",
    deadline=None,
    derandomize=True,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("repeatable")
