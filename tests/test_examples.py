"""The examples run as their first lines say."""

from __future__ import annotations

import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from archive.collection import Collection

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "tests" / "articles" / "pages" / "hello_doctor_remission.html"


def example(name: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, ROOT / "examples" / name, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_record_of_a_page_is_printed_with_its_evidence() -> None:
    told = example("record_of_a_page.py", str(PAGE))

    assert "medical_reviewer: Janie-Vi Villamor Ismael-Gorospe MD" in told
    assert "byline" in told


def test_reviewers_are_counted_from_the_collection(tmp_path: Path) -> None:
    with Collection.create(tmp_path) as collection, collection.transaction() as connection:
        connection.executescript(
            """
            insert into warc_files values (1, 'x', 'sealed', 'crawl', 0, null, null, '', null);
            insert into captures (id, warc_file_id, offset, length, record_id, record_type, site,
                                  url, fetched_at)
            values (1, 1, 0, 1, 'r', 'response', 's', 'u', '2026-11-22T00:00:00.000000Z');
            insert into articles (id, url, site, review_status, reviewed, word_count, version,
                                  capture_id, first_seen_at, last_seen_at)
            values (1, 'u', 's', 'named', '2024-05-01', 9, 1, 1, '', '');
            insert into people values (1, 'ada', 'Ada Byron', 'person');
            insert into credits (article_id, person_id, role, position, name, credentials)
            values (1, 1, 'medical_reviewer', 0, 'Ada Byron', '["MD"]');
            """
        )

    assert example("reviewers.py", str(tmp_path)).split() == ["1", "2024-05-01", "Ada", "Byron"]


class _Page(BaseHTTPRequestHandler):
    """A page with a link to another, and no robots.txt."""

    def do_GET(self) -> None:
        text = b'<title>Fever</title><a href="/more">More</a>'
        self.send_response(404 if self.path == "/robots.txt" else 200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: object) -> None:
        pass


def test_a_spider_of_somebody_elses_archives_by_the_add_on_alone(tmp_path: Path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Page) as server:
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        serving.start()
        base = f"http://127.0.0.1:{server.server_address[1]}"
        told = example("archiving_spider.py", str(tmp_path), f"{base}/")
        server.shutdown()
        serving.join()

    assert told.splitlines() == [f"200 {base}/ Fever", f"200 {base}/more Fever"]
    with Collection.open(tmp_path, read_only=True) as collection:
        rows = collection.connection.execute("select url, status from captures order by id")
        captured = [tuple(row) for row in rows]
    assert captured == [(f"{base}/robots.txt", 404), (f"{base}/", 200), (f"{base}/more", 200)]
