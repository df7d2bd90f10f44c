"""Processes that answer tasks and may die of one: a crash costs its task, never the run.

Pages are hostile and parsers are C: one page can end a process, fill the memory or never return.
`concurrent.futures` breaks the whole pool then and does not say which task it was.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import pickle
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import connection as pipes
from multiprocessing import resource_tracker
from multiprocessing.context import SpawnContext
from typing import Any, Generic, TypeVar

from archive.errors import ArchiveError

Task = TypeVar("Task")
Answer = TypeVar("Answer")

# Tasks that lie ready in each process, so that it works on while the answers are being stored.
_AHEAD = 8
# No page of measured size takes two seconds; one that takes this long never ends.
_LIMIT_S = 120.0
# Room for the tree of a page of 50 MB, and an end for what grows without one.
_MEMORY_BYTES = 4 * 1024**3


class WorkersFailed(ArchiveError):
    """A process could not even begin to work."""


@dataclass(frozen=True)
class Crash:
    """What stands in place of an answer: the process ended or had to be ended at this task."""

    reason: str


def answer_in_order(
    tasks: Iterable[Task],
    prepare: Callable[[], Callable[[Task], Answer]],
    *,
    jobs: int,
    limit_s: float = _LIMIT_S,
) -> Iterator[tuple[Task, Answer | Crash]]:
    """Each task with its answer, in the order of `tasks`, worked out by `jobs` spawned processes.

    `prepare` is called once in each process and gives the function that answers; it, the tasks and
    the answers are pickled. Tasks are drawn a little ahead of what was answered.
    """
    context = multiprocessing.get_context("spawn")
    workers = [_Worker[Task, Answer](context, prepare) for _ in range(jobs)]
    upcoming = enumerate(tasks)
    answered: dict[int, tuple[Task, Answer | Crash]] = {}
    next_index = 0
    is_drained = False
    try:
        while True:
            while not is_drained and len(answered) < 2 * _AHEAD * jobs:
                worker = min(workers, key=lambda worker: len(worker.waiting))
                if len(worker.waiting) >= _AHEAD:
                    break
                numbered = next(upcoming, None)
                if numbered is None:
                    is_drained = True
                else:
                    worker.ask(*numbered)
            if is_drained and not any(worker.waiting for worker in workers):
                return
            for index, task, answer in _collect(workers, limit_s):
                answered[index] = (task, answer)
            while next_index in answered:
                yield answered.pop(next_index)
                next_index += 1
    finally:
        for worker in workers:
            worker.end()


def _collect(
    workers: list[_Worker[Task, Answer]], limit_s: float
) -> Iterator[tuple[int, Task, Answer | Crash]]:
    """The answers that are there, waiting a moment for the first."""
    ready = pipes.wait([worker.pipe for worker in workers], timeout=1.0)
    for worker in workers:
        if worker.pipe in ready:
            try:
                answer = worker.receive()
            except (EOFError, OSError):
                yield worker.start_again(worker.last_words())
                continue
            if answer is not None:
                yield answer
        elif worker.is_over(limit_s):
            yield worker.start_again(f"took more than {limit_s:g} s")


@contextlib.contextmanager
def ctrl_c_held_back() -> Iterator[None]:
    """A process that starts in the block is deaf to Ctrl-C from its first moment, when it has yet
    to import what would ignore it; here Ctrl-C comes when the block has ended."""
    # Multiprocessing's own helper, where it has to start, lets the signal through again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Worker(Generic[Task, Answer]):
    """One process and the tasks that were sent to it and are not answered yet, in order."""

    def __init__(
        self, context: SpawnContext, prepare: Callable[[], Callable[[Task], Answer]]
    ) -> None:
        self.waiting: deque[tuple[int, Task]] = deque()
        self._context = context
        self._prepare = prepare
        self._start()

    def _start(self) -> None:
        self.pipe, theirs = self._context.Pipe()
        self._process = self._context.Process(
            target=_work, args=(theirs, self._prepare), daemon=True
        )
        with ctrl_c_held_back():
            self._process.start()
        theirs.close()
        self._is_ready = False
        self._since = time.monotonic()

    def ask(self, index: int, task: Task) -> None:
        if not self.waiting:
            self._since = time.monotonic()
        self.waiting.append((index, task))
        # A process that is dead already is found out, and started again, where it is listened to.
        with contextlib.suppress(OSError):
            self.pipe.send(task)

    def receive(self) -> tuple[int, Task, Answer] | None:
        """The next answer; None for the word that the process is ready."""
        answer = pickle.loads(self.pipe.recv_bytes())  # noqa: S301 - from our own process
        self._since = time.monotonic()
        if not self._is_ready:
            self._is_ready = True
            return None
        return (*self.waiting.popleft(), answer)

    def is_over(self, limit_s: float) -> bool:
        return self._is_ready and bool(self.waiting) and time.monotonic() - self._since > limit_s

    def last_words(self) -> str:
        """How the process ended, which it has."""
        self._process.join()
        code = self._process.exitcode or 0
        if code >= 0:
            return f"the process ended with exit code {code}"
        return f"the process was ended by {signal.Signals(-code).name}"

    def start_again(self, reason: str) -> tuple[int, Task, Crash]:
        """A new process for the tasks after the one that the old process died of."""
        if not self._is_ready:
            raise WorkersFailed(
                f"extraction: {reason} before its first page; run with --jobs 1 to see why"
            )
        self.end()
        index, task = self.waiting.popleft()
        again = list(self.waiting)
        self.waiting.clear()
        self._start()
        for waiting_index, waiting_task in again:
            self.ask(waiting_index, waiting_task)
        return index, task, Crash(reason)

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._process.close()
        self.pipe.close()


def _work(
    pipe: pipes.Connection[Any, Any], prepare: Callable[[], Callable[[Task], Answer]]
) -> None:
    """The life of one process: answer until the other side hangs up."""
    # Ctrl-C goes to the whole process group; the parent ends us when it is ready to.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit_memory()
    answer = prepare()
    pipe.send_bytes(pickle.dumps(None))
    with contextlib.suppress(EOFError, OSError):
        while True:
            pipe.send_bytes(pickle.dumps(answer(pipe.recv())))


def limit_memory() -> None:
    """Have this process get a `MemoryError` where a page would fill the whole machine."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = _MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(_MEMORY_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
