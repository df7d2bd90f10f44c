"""The demo's site file: the text of `site.toml` with the server's address in it."""

from __future__ import annotations

from importlib import resources


def site_file_text(url: str) -> str:
    """A complete site file for a demo server at `url`, to be written to `sites/demo.toml`."""
    text = (resources.files("archiater.demo") / "site.toml").read_text("utf-8")
    return text.replace("@URL@", url).replace("@HOST@", url.partition("://")[2])
