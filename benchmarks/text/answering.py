"""One extractor that answers page after page, in a process of its own: it is started with a name.

A line in is the path of a gzipped page, and after a tab its address where the tool may know it. A
line out is a JSON object with `text`, the CPU seconds it took, the largest resident memory of the
process so far, and `error` where the tool failed. Runs in the environment of the tool, so it
imports nothing but the standard library and that tool.
"""

from __future__ import annotations

import gzip
import json
import logging
import os
import re
import resource
import sys
import time
import warnings
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, TextIO

Answer = dict[str, Any]
Tool = Callable[[bytes], Answer]

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


def main() -> None:
    answers = quiet_output()
    tool = TOOLS[sys.argv[1]]()
    serve(lambda body, _: tool(body), sys.stdin, answers)


def quiet_output() -> TextIO:
    """Standard output for the answers alone: whatever a tool prints must not get between them."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    return answers


def serve(tool: Callable[[bytes, str], Answer], lines: TextIO, answers: TextIO) -> None:
    """Answer line by line; `tool` gets the page's bytes and its address, "" where none is said."""
    for line in lines:
        path, _, url = line.rstrip("\n").partition("\t")
        body = gzip.decompress(Path(path).read_bytes())
        started = time.process_time()
        try:
            answer = tool(body, url)
        except Exception as error:  # a tool that fails has given no text
            answer = {"text": "", "error": f"{type(error).__name__}: {error}"[:200]}
        answer["cpu_s"] = time.process_time() - started
        answer["peak_kib"] = peak_kib()
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def peak_kib() -> int:
    """The largest resident memory of this process so far."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        # macOS counts bytes. Not on Linux, where it also counts the parent from before the exec.
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return int(status.partition("VmHWM:")[2].split(maxsplit=1)[0])


def decoded(body: bytes) -> str:
    """For the tools that take no bytes: UTF-8, else what the page declares, else Windows-1252."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = _CHARSET.search(body[:4096])
    try:
        return body.decode(declared[1].decode("ascii") if declared else "cp1252", "replace")
    except LookupError:
        return body.decode("cp1252", "replace")


def lxml_parse() -> Tool:
    import lxml.html

    def parse(body: bytes) -> Answer:
        lxml.html.document_fromstring(body)
        return {"text": ""}

    return parse


def our_text() -> Tool:
    import archiater

    return lambda body: {"text": archiater.extract_text(body)}


def our_record() -> Tool:
    import archiater
    from articles.page import NotAnArticle

    # The module is imported on the first call.
    archiater.extract_text(b"")

    def record(body: bytes) -> Answer:
        try:
            article = archiater.extract(body)
        except NotAnArticle:
            return {"text": "", "confidence": 0.0, "route": "not an article"}
        extractor = article.extractor
        return {
            "text": article.text,
            "confidence": extractor.confidence,
            "route": extractor.route,
        }

    return record


def trafilatura() -> Tool:
    extract = import_module("trafilatura").extract

    return lambda body: {"text": extract(body, include_comments=False) or ""}


def readability_lxml() -> Tool:
    extract_text = import_module("html_text").extract_text
    document = import_module("readability").Document

    return lambda body: {"text": extract_text(document(decoded(body)).summary(html_partial=True))}


def resiliparse() -> Tool:
    extract_plain_text = import_module("resiliparse.extract.html2text").extract_plain_text

    return lambda body: {
        "text": extract_plain_text(
            decoded(body),
            main_content=True,
            alt_texts=False,
            links=False,
            form_fields=False,
            noscript=False,
            comments=False,
            post_meta=False,
        )
    }


TOOLS: Mapping[str, Callable[[], Tool]] = {
    "lxml parse": lxml_parse,
    "archiater": our_text,
    "archiater, whole record": our_record,
    "trafilatura": trafilatura,
    "readability-lxml": readability_lxml,
    "resiliparse": resiliparse,
}


if __name__ == "__main__":
    main()
