from __future__ import annotations

from pathlib import Path

import pytest

from archiater.config import ConfigError
from archiater.shell import Shell


def test_the_enabled_sites_are_those_of_the_settings(tmp_path: Path) -> None:
    (tmp_path / "archiater.toml").write_text('[sites]\nenabled = ["nhs.uk", "cdc.gov"]\n', "utf-8")

    sites = Shell(collection_path=tmp_path).enabled_sites

    assert [site.name for site in sites] == ["nhs.uk", "cdc.gov"]


def test_an_enabled_site_that_is_none_is_told_with_the_file(tmp_path: Path) -> None:
    (tmp_path / "archiater.toml").write_text('[sites]\nenabled = ["nhs.ku"]\n', "utf-8")

    with pytest.raises(ConfigError, match=r"archiater\.toml: sites\.enabled: .*nhs\.uk"):
        _ = Shell(collection_path=tmp_path).enabled_sites
