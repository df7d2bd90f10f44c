"""What holds for every test."""

from __future__ import annotations

from hypothesis import settings

# Several processes share two cores: an example that takes long says nothing about the code.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
