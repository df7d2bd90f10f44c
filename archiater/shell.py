"""What every command needs: the collection's path, the settings, the sites, the verbosity."""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archiater.showing import LogLines

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiater.config import Config
    from archive.collection import Collection
    from spiders.site import Site
    from spiders.site_files import Sites


@dataclass
class Shell:
    """One run of the command line, before any command has begun."""

    collection_path: Path
    verbosity: int = 0
    """-1 quiet, 0 usual, 1 what an operator wants to read, 2 what a developer wants."""

    def start_logging(self) -> None:
        level = {-1: logging.ERROR, 0: logging.WARNING, 1: logging.INFO}.get(
            self.verbosity, logging.DEBUG
        )
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(LogLines())
        logging.basicConfig(level=level, handlers=[handler])

    @property
    def is_quiet(self) -> bool:
        return self.verbosity < 0

    @cached_property
    def config(self) -> Config:
        """The settings of this collection; raises `ConfigError` for a broken archiater.toml."""
        from archiater.config import read_config

        return read_config(self.collection_path)

    @cached_property
    def sites(self) -> Sites:
        """The shipped sites and the collection's own; raises `SiteFileError`."""
        from spiders.site_files import load_sites

        return load_sites(self.collection_path / "sites")

    @property
    def enabled_sites(self) -> list[Site]:
        """The sites that archiater.toml enables; raises `ConfigError` for a name of none."""
        from archiater.config import ConfigError
        from spiders.errors import UnknownSite

        try:
            return [self.sites.named(name) for name in self.config.enabled_sites]
        except UnknownSite as error:
            origin = self.config.origins["sites.enabled"]
            raise ConfigError(f"{origin}: sites.enabled: {error}") from error

    def open_collection(self, *, read_only: bool = True) -> Collection:
        """The collection, which must exist; a context manager."""
        from archive.collection import Collection

        return Collection.open(self.collection_path, read_only=read_only)

    def make_collection(self) -> Collection:
        """The collection, made where there is none yet; a context manager."""
        from archive.collection import Collection

        return Collection.create(self.collection_path)


pass_shell = click.make_pass_decorator(Shell)

# A count or number of something. The end is far beyond any collection and inside what SQLite and
# Python's slices can take, which fail on more.
COUNT = click.IntRange(1, 10**12)
# Processes; what a typing error starts must not bring the machine down.
JOBS = click.IntRange(1, 256)


def json_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--json`: the result for programs, one JSON document (or line) on standard output."""
    return click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")(
        function
    )
