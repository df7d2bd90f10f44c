"""Putting ASGI applications on ports of this machine, in this thread or in one of its own."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from archiater.replay.addresses import Addresses
from archiater.replay.application import application
from archiater.replay.checked_host import LOCAL_NAMES
from archiater.replay.player import has_player, player_folder
from archiater.replay.player_application import player_application, player_link
from articles.errors import ArchiaterError

_START_WITHIN_S = 20


class NoPort(ArchiaterError):
    """The view cannot be served at this address."""


@dataclass(frozen=True, kw_only=True)
class Bound:
    """The view of a collection on its ports, not yet served."""

    apps: Mapping[socket.socket, ASGIApp]
    origin: str
    player_origin: str | None
    """None where replayweb.page is not on this machine."""


def serve_collection(
    collection: Path,
    *,
    host: str,
    port: int,
    url: str | None,
    digits: str,
    started: Callable[[str, str | None], None],
) -> None:
    """Serve the view until Ctrl-C, and replayweb.page on the next free port where it was fetched.

    `started` is told the address of the page asked for and the player's. Raises `NoPort`.
    """
    bound = bind_collection(collection, host=host, port=port, player=player_folder())
    address = f"{bound.origin}/"
    if url is not None:
        address = bound.origin + Addresses(root="", token="").page(url, digits)
    started(address, bound.player_origin)
    serve(bound.apps)


def bind_collection(collection: Path, *, host: str, port: int, player: Path) -> Bound:
    """Take the ports for the view and, where the player's files are in their folder, for that."""
    names = LOCAL_NAMES | {host.lower()}
    view = bind(host, port)
    if not has_player(player):
        app = application(collection, host_names=names)
        return Bound(apps={view: app}, origin=address_of(view), player_origin=None)
    beside = _bind_beside(host, port)
    origin = address_of(beside)
    link = partial(player_link, origin, collection)
    return Bound(
        apps={
            view: application(collection, host_names=names, player_link=link),
            beside: player_application(collection, player, host_names=names),
        },
        origin=address_of(view),
        player_origin=origin,
    )


def bind(host: str, port: int) -> socket.socket:
    """A socket that listens at the address; port 0 takes a free one. Raises `NoPort`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named so that asyncio sees TCP and sends at once: 40 ms an answer else.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(128)
    except (OSError, OverflowError) as error:
        bound.close()
        reason = getattr(error, "strerror", None) or error
        raise NoPort(
            f"{host}, port {port}: the view cannot be served there ({reason}); "
            "choose another with --port, or 0 for a free one"
        ) from error
    return bound


def address_of(bound: socket.socket) -> str:
    """`http://127.0.0.1:8780`, without a slash at the end."""
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _bind_beside(host: str, port: int) -> socket.socket:
    """The port next to the view's: what a browser keeps of the player is found again there."""
    if port:
        with suppress(NoPort):
            return bind(host, port + 1)
    return bind(host, 0)


def serve(apps: Mapping[socket.socket, ASGIApp]) -> None:
    """Serve every application on its socket until Ctrl-C."""
    servers = {bound: _server(app) for bound, app in apps.items()}

    async def run_all() -> None:
        await asyncio.gather(*(server.serve(sockets=[bound]) for bound, server in servers.items()))

    asyncio.run(run_all())


@contextmanager
def served(apps: Mapping[socket.socket, ASGIApp]) -> Iterator[None]:
    """Serve every application on its socket, in threads, while the block runs."""
    servers = {bound: _server(app) for bound, app in apps.items()}
    threads = [
        threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        for bound, server in servers.items()
    ]
    for thread in threads:
        thread.start()
    try:
        give_up_at = time.monotonic() + _START_WITHIN_S
        while not all(server.started for server in servers.values()):
            if time.monotonic() > give_up_at:
                raise TimeoutError("the view did not start")
            time.sleep(0.01)
        yield
    finally:
        for server in servers.values():
            server.should_exit = True
        for thread in threads:
            thread.join()


def _server(app: ASGIApp) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http="h11",
            ws="none",
            lifespan="off",
            loop="asyncio",
            log_config=None,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=1,
        )
    )
