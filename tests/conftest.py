"""For all tests."""

from hypothesis import settings

# a busy machine is slow, not wrong
settings.register_profile("chipwatch", deadline=None)
settings.load_profile("chipwatch")
