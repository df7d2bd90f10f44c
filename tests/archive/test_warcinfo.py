from __future__ import annotations

import re
from datetime import date
from importlib.metadata import version
from pathlib import Path

import pytest

from archive.warcinfo import settings_digest, software


def test_software_names_what_fetched_with_versions_and_nothing_that_is_not_installed() -> None:
    named = software("scrapy", "no-such-package")

    assert named.startswith("archiater")
    assert f" scrapy/{version('scrapy')} " in named
    assert named.endswith(f" isal/{version('isal')}")
    assert "no-such-package" not in named


def test_the_digest_of_settings_depends_on_nothing_but_what_they_say() -> None:
    settings = {
        "allow": (re.compile("/health/"),),
        "since": date(2026, 11, 22),
        "kinds": frozenset({"page", "feed", "sitemap"}),
        "folder": Path("sites"),
    }
    same = {
        "folder": "sites",
        "kinds": ["feed", "page", "sitemap"],
        "since": "2026-11-22",
        "allow": ["/health/"],
    }

    assert settings_digest(settings) == settings_digest(same)
    assert settings_digest(settings) != settings_digest({**same, "folder": "other"})
    assert re.fullmatch("sha256:[0-9a-f]{64}", settings_digest({}))


def test_a_setting_without_a_lasting_form_is_refused() -> None:
    with pytest.raises(TypeError, match="object"):
        settings_digest({"callback": object()})
