from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from archiater.config import SETTINGS, Config, ConfigError, commented_file, read_config


def write(folder: Path, text: str) -> Path:
    (folder / "archiater.toml").write_text(text, encoding="utf-8")
    return folder


def test_without_a_file_every_setting_has_its_default(tmp_path: Path) -> None:
    config = read_config(tmp_path, {})

    assert config.delay_s == 2.0
    assert set(config.origins.values()) == {"default"}


def test_a_setting_of_the_file_beats_the_default_and_says_where_it_stands(tmp_path: Path) -> None:
    config = read_config(write(tmp_path, "[crawl]\ndelay_s = 5\n"), {})

    assert config.delay_s == 5.0
    assert config.origins["crawl.delay_s"].endswith("archiater.toml")


def test_the_environment_beats_the_file(tmp_path: Path) -> None:
    write(tmp_path, "[crawl]\ndelay_s = 5\n")

    config = read_config(tmp_path, {"ARCHIATER_CRAWL_DELAY_S": "7.5"})

    assert config.delay_s == 7.5
    assert config.origins["crawl.delay_s"] == "ARCHIATER_CRAWL_DELAY_S"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[crawl]\ndelay_s = '2.5s'\n", r"line 2: crawl.delay_s is '2.5s', expected a number"),
        ("[crawl]\n\ndelay_s = -1\n", r"line 3: crawl.delay_s is -1.0, expected at least 0"),
        ("[crawl]\ndelay = 2\n", r"line 2: there is no setting crawl.delay; did you mean"),
        ("[crawl\ndelay_s = 2\n", r"not valid TOML.*line 1"),
        ("[sites]\nenabled = 'nhs.uk'\n", r"expected a list of names"),
        ("[crawl]\ntries = 2.5\n", r"expected a whole number"),
        ("[crawl]\ntries = true\n", r"expected a whole number"),
    ],
    ids=["text", "negative", "unknown", "broken", "no-list", "fraction", "truth"],
)
def test_a_broken_setting_is_one_line_with_file_and_line(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(ConfigError, match=said) as caught:
        read_config(write(tmp_path, text), {})

    assert "archiater.toml" in str(caught.value)


def test_every_setting_has_its_field_and_every_field_its_setting() -> None:
    assert {setting.field for setting in SETTINGS} == {f.name for f in fields(Config)} - {"origins"}


def test_the_commented_file_is_valid_and_changes_nothing(tmp_path: Path) -> None:
    config = read_config(write(tmp_path, commented_file()), {})

    assert set(config.origins.values()) == {"default"}


def test_the_commented_file_names_every_default_as_it_is() -> None:
    text = "\n".join(
        line.removeprefix("# ")
        for line in commented_file().splitlines()
        if " = " in line or "[" in line
    )
    tables = tomllib.loads(text)

    for setting in SETTINGS:
        table, _, name = setting.key.partition(".")
        found = tables[table][name]
        assert (tuple(found) if isinstance(found, list) else found) == setting.default
