"""An exchange on its way into a WARC file: its row described, its records compressed.

Where compressing takes long it is done by a thread, beside the crawl. Called by `recording` alone,
which writes what comes out of here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future, wait
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from archive.captures import describe_answer
from archive.exchange import Exchange
from archive.http_messages import HttpResponse, parse_response
from archive.payload_streams import payload_facts
from archive.revisits import Originals
from archive.times import as_text
from archive.warc_records import Members, exchange_members, fresh_record_id

# To hand a smaller exchange to a thread and back costs more than to compress it here.
_LEAST_FOR_A_THREAD_BYTES = 256 * 1024


class PreparedExchange:
    """One exchange with the columns of its row, and its records as soon as they are asked for."""

    def __init__(
        self,
        exchange: Exchange,
        columns: dict[str, Any],
        make: Callable[[], Members],
        note: Callable[[Originals], None],
    ) -> None:
        self.columns = columns
        """Those that tell the place are added when it has one."""
        self.note_in = note
        """Tells `Originals` that this may be repeated; to be called when it has been added."""
        self._exchange = exchange
        self._make = make
        self._future: Future[Members] | None = None
        self._members: Members | None = None

    @property
    def is_for_a_thread(self) -> bool:
        """It is worth the way to a thread and back."""
        rest = self._exchange.response_rest
        return rest is not None or len(self._exchange.response_block) >= _LEAST_FOR_A_THREAD_BYTES

    def begin(self, threads: Executor) -> None:
        """Let a thread make the records."""
        self._future = threads.submit(self._make)

    @property
    def is_ready(self) -> bool:
        """`members` does not wait."""
        return self._future is None or self._future.done()

    def members(self) -> Members:
        """The records; called again they are the same. Raises `DiskFull` or `DiskFailed` where they
        have to be spilled: the call may be made again."""
        if self._members is None and self._future is not None:
            # Ctrl-C may end the wait and not the thread: it has the spilled file to itself.
            wait([self._future])
            # One that failed is not asked again: its error comes once, then we try ourselves.
            future, self._future = self._future, None
            self._members = future.result()
        if self._members is None:
            self._members = self._make()
        return self._members

    def close(self) -> None:
        """Give back what lies in files. Waits for the thread that reads them."""
        if self._future is not None and not self._future.cancel() and not self._future.exception():
            self._members = self._future.result()
        if self._members is not None:
            self._members.close()
        if self._exchange.response_rest is not None:
            self._exchange.response_rest.close()


def prepare(
    exchange: Exchange, originals: Originals | None, *, spill_folder: Path
) -> PreparedExchange:
    """The exchange described; a revisit where `originals` has what it repeats.

    Its payload is read once here, digested. Nothing of `exchange` is closed.
    """
    response = parse_response(exchange.response_block)
    record_id = fresh_record_id()
    facts = original = None
    if response is not None:
        body = partial(_body, exchange, response) if exchange.response_rest is not None else None
        facts = payload_facts(response, method=exchange.method, body=body)
        if originals is not None:
            original = originals.find(exchange, response, facts)
    columns = describe_answer(
        response,
        url=exchange.url,
        method=exchange.method,
        truncated=exchange.truncated,
        error=exchange.error,
        requisite_of=exchange.requisite_of,
        payload=facts,
    )
    if response is not None and response.status == 304 and original is not None:
        # By WARC 1.1 the payload of such a revisit is that of its original.
        columns["payload_digest"] = original.payload_digest
    columns.update(url=exchange.url, fetched_at=as_text(exchange.started_at))
    make = partial(
        exchange_members,
        exchange,
        response,
        digest=facts.digest if facts is not None else None,
        original=original,
        record_id=record_id,
        spill_folder=spill_folder,
    )

    def note(originals: Originals) -> None:
        if response is not None and facts is not None:
            originals.note(exchange, response, facts, record_id=record_id, original=original)

    return PreparedExchange(exchange, columns, make, note)


def _body(exchange: Exchange, response: HttpResponse) -> Iterable[bytes]:
    rest = exchange.response_rest
    return chain((response.body,), rest.chunks() if rest is not None else ())
