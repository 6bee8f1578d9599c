"""What holds for all tests: no test is timed, and where everything is checked before landing, every run is the same run."""

import os

from hypothesis import settings

settings.register_profile("here", deadline=None)
settings.register_profile("landing", deadline=None, derandomize=True)
settings.load_profile("landing" if os.environ.get("CI") else "here")
