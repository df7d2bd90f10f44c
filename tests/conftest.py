"""What holds for every test."""

from __future__ import annotations

import os
import signal

import pytest
from hypothesis import settings

# Several processes share two cores: an example that takes long says nothing about the code.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    """What a crawl remembers of this machine stays in this folder, one for all test processes."""
    os.environ["XDG_CACHE_HOME"] = str(config.rootpath / ".pytest_cache" / "user")
    # A shell starts its background jobs with Ctrl-C ignored, and programs pass that on to the ones
    # that they start: without this, what the tests interrupt would not hear of it.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
