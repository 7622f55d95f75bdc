"""What holds for all tests: a property is checked however long the machine takes over an example."""

from hypothesis import settings

settings.register_profile("untimed", settings(), deadline=None)
settings.load_profile("untimed")
