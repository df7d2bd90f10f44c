"""Only requests that mean this machine: a wall against pages whose DNS name comes to lead here."""

from __future__ import annotations

import ipaddress

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOCAL_NAMES = frozenset({"localhost"})


class CheckedHost:
    """An application behind a look at the Host header: an IP address, or one of the names.

    A rebound name is a name, so any address passes; without a list of what this machine is called.
    """

    def __init__(self, app: ASGIApp, names: frozenset[str] = LOCAL_NAMES) -> None:
        self._app = app
        self._names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) == 1 and self._is_ours(hosts[0].decode("latin-1")):
            await self._app(scope, receive, send)
            return
        refusal = PlainTextResponse(
            "this host name is not ours; open the view at the address that archiater printed\n",
            status_code=421,
            headers={"X-Content-Type-Options": "nosniff"},
        )
        await refusal(scope, receive, send)

    def _is_ours(self, host: str) -> bool:
        name = host.lower()
        if not name.endswith("]"):
            before, colon, port = name.rpartition(":")
            name = before if colon and port.isdecimal() else name
        if name in self._names:
            return True
        try:
            ipaddress.ip_address(name.removeprefix("[").removesuffix("]"))
        except ValueError:
            return False
        return True
