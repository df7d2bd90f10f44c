"""Any Scrapy project archives its crawls, byte for byte, by naming one add-on:

    ADDONS = {"pipelines.addon.ArchiaterAddon": 500}
    ARCHIATER_COLLECTION = "health"

Every exchange of the project's own spiders, as they are, comes to rest in WARC files and the
database of that collection. What may be set besides: ARCHIATER_SITE (the spider's name),
ARCHIATER_OPERATOR, ARCHIATER_MAX_BODY_BYTES, ARCHIATER_MAX_RESPONSE_BYTES (see `pipelines.wire`),
ARCHIATER_MAX_FILE_BYTES, and ARCHIATER_WAIT_FOR_ROOM_S where the disk is full (an hour).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.exceptions import NotConfigured

from archive.capture_proof import require_proof
from archive.errors import OperatorError
from pipelines.archiving import ArchivingExtension
from pipelines.wire import WireDownloadHandler

if TYPE_CHECKING:
    from scrapy.settings import Settings

SELF_TEST = "pipelines.self_test"

_NUMBERS = (
    "ARCHIATER_MAX_BODY_BYTES",
    "ARCHIATER_MAX_RESPONSE_BYTES",
    "ARCHIATER_MAX_FILE_BYTES",
    "ARCHIATER_WAIT_FOR_ROOM_S",
)


class BadSetting(OperatorError):
    """A setting of the project is not what it must be."""


class ArchiaterAddon:
    """Puts the download handler and the recording extension into a project's settings."""

    def update_settings(self, settings: Settings) -> None:
        collection = settings.get("ARCHIATER_COLLECTION")
        if not collection:
            raise NotConfigured(
                "ARCHIATER_COLLECTION is not set, so nothing is archived; name a folder there"
            )
        for name in _NUMBERS:
            _check_number(name, settings.get(name))
        require_proof(SELF_TEST)
        for scheme in ("http", "https"):
            settings["DOWNLOAD_HANDLERS"][scheme] = WireDownloadHandler
        settings.set_in_component_priority_dict("EXTENSIONS", ArchivingExtension, 0)
        settings.set("ARCHIATER_SPILL_FOLDER", str(Path(collection) / "run"), "addon")


def _check_number(name: str, value: object) -> None:
    # Scrapy would only say that it knows no http, and fetch nothing.
    try:
        is_right = value is None or int(str(value)) >= 0
    except ValueError:
        is_right = False
    if not is_right:
        raise BadSetting(f"{name} is {value!r}, expected a whole number from 0; set it so")
