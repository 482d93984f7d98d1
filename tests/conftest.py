"""Settings of all tests."""

from hypothesis import settings

# The first example of a rule may compile it, so that no deadline is meaningful; examples are the
# same in every run, so that a failure can be repeated.
settings.register_profile("project", deadline=None, derandomize=True)
settings.load_profile("project")
