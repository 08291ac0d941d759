"""Loaded by pytest before anything else (``-p tests.env``): the tests' own environment."""

import os

os.environ["PANOH_ENV"] = "test"

from hypothesis import HealthCheck, settings

# Other lanes run on the same two cores: an example that is slow to come says nothing of what is tested.
settings.register_profile("panoh", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("panoh")
