"""The extractors as child processes, so that the memory and the crashes of one are its own."""

from __future__ import annotations

import contextlib
import json
import select
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.text.answering import Answer

ROOT = Path(__file__).resolve().parent.parent.parent
FLOOR = "lxml parse"
OURS = "archiater"
RECORD = "archiater, whole record"
PEERS = {
    "trafilatura": "trafilatura",
    "readability-lxml": "readability",
    "resiliparse": "resiliparse",
}
"""The module by which each is known to be installed."""
_ANSWERING = "benchmarks.text.answering"


@dataclass(frozen=True, kw_only=True)
class Tool:
    name: str
    command: tuple[str, ...]


def our_tool(name: str, *, answering: str = _ANSWERING) -> Tool:
    return Tool(name=name, command=(sys.executable, "-m", answering, name))


def peer_tools(
    environment: Path = ROOT / ".peers",
    *,
    peers: Mapping[str, str] = PEERS,
    answering: str = _ANSWERING,
) -> Iterator[Tool]:
    """Those that are installed in the environment that `make peers` sets up."""
    python = environment / "bin" / "python"
    for name, module in peers.items():
        if any(environment.glob(f"lib/python*/site-packages/{module}/__init__.py")):
            yield Tool(name=name, command=(str(python), "-m", answering, name))


class Child:
    """One extractor's process; it is started when it is asked, and again after it died or hung."""

    def __init__(self, tool: Tool, *, timeout_s: float) -> None:
        self.name = tool.name
        self._command = tool.command
        self._timeout_s = timeout_s
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, page: Path, url: str = "") -> Answer:
        """The answer for one page; `error` and no text where there came none in time."""
        question = f"{page}\t{url}\n" if url else f"{page}\n"
        process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        line = b""
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(question.encode())
            process.stdin.flush()
            # One question, one answer: nothing can be waiting in Python's own buffer.
            if select.select([process.stdout], [], [], self._timeout_s)[0]:
                line = process.stdout.readline()
        if not line.endswith(b"\n"):
            self.close()
            return {"text": "", "error": f"no answer within {self._timeout_s:g} s"}
        answer: Answer = json.loads(line)
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(  # noqa: S603
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
        )
        return self._process

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


@contextlib.contextmanager
def children(tools: Sequence[Tool], *, timeout_s: float = 60.0) -> Iterator[list[Child]]:
    """A process for each tool while the block runs."""
    running = [Child(tool, timeout_s=timeout_s) for tool in tools]
    try:
        yield running
    finally:
        for child in running:
            child.close()
