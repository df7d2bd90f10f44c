"""Search and export measured: `python -m benchmarks.search --articles 20000`.

Makes a collection of synthetic articles in a temporary folder (four in five English, the others
Vietnamese, Thai and Chinese; 600 words each, frequencies as in natural text), indexes it, asks it
queries of several kinds and exports it, and prints one table of each.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import multiprocessing
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from archive.collection import Collection
from archive.exporting.exporting import FORMATS, export
from archive.searching.filters import Filters
from archive.searching.index import index_pending
from archive.searching.searching import search

WORDS = 600
VOCABULARY = 30_000
QUERIES = 30

_VIETNAMESE = (
    "bệnh tiểu đường điều trị thuốc bác sĩ người máu tim phổi trẻ em đau đầu sốt cao "
    "huyết áp dinh dưỡng ăn uống tập thể dục nguy cơ triệu chứng chẩn đoán phòng ngừa"
)
_THAI = (
    "โรค เบาหวาน ความดัน โลหิต สูง ยา แพทย์ ผู้ป่วย อาการ รักษา วัคซีน หัวใจ ปอด เลือด เด็ก "
    "ไข้ ปวดหัว อาหาร ออกกำลังกาย ป้องกัน ติดเชื้อ มะเร็ง ตรวจ ความเสี่ยง"
)
_CHINESE = (
    "糖尿病 高血压 治疗 药物 医生 患者 症状 疫苗 心脏 肺 血液 儿童 发烧 头痛 饮食 运动 预防 感染 "
    "癌症 检查 风险 慢性 疾病 健康 的 是 和 可以 需要"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--export", action="store_true", help="measure the exports too")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "collection"
        fill(path, arguments.articles)
        measure_index(path)
        measure_queries(path)
        if arguments.export:
            measure_exports(path)


def fill(path: Path, articles: int) -> None:
    """Synthetic articles straight into the tables: what is measured comes after."""
    words = Words(random.Random(1))  # noqa: S311
    with Collection.create(path) as collection, collection.transaction() as connection:
        connection.execute(
            "insert into warc_files values (1,'x','sealed','crawl',0,null,null,'',null)"
        )
        for number in range(1, articles + 1):
            _insert(connection, number, words)


class Words:
    """Made-up English and real foreign words, drawn as often as in natural text."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        syllables = ["".join(pair) for pair in itertools.product("bcdfglmnprst", "aeiou")]
        self.english = [
            "".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(VOCABULARY)
        ]
        self.foreign = {
            language: words.split()
            for language, words in (("vi", _VIETNAMESE), ("th", _THAI), ("zh", _CHINESE))
        }
        self.weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))

    def text(self, language: str, words: int = WORDS) -> str:
        if language == "en":
            drawn = self.chance.choices(self.english, cum_weights=self.weights, k=words)
        else:
            drawn = self.chance.choices(self.foreign[language], k=words)
        joint, stop = {"th": ("", " "), "zh": ("", "。")}.get(language, (" ", ". "))
        sentences = (joint.join(drawn[at : at + 12]) for at in range(0, words, 12))
        return stop.join(sentences)


def _insert(connection: Any, number: int, words: Words) -> None:
    chance = words.chance
    language = "en" if number % 5 else chance.choice(("vi", "th", "zh"))
    text = words.text(language)
    digest = "sha256:" + hashlib.sha256(text.encode()).hexdigest()
    site = f"site-{chance.randrange(40)}.example"
    url = f"https://{site}/{number}"
    title = words.text(language, 6)
    reviewed = f"20{chance.randint(8, 25):02}-{chance.randint(1, 12):02}"
    moment = "2026-01-01T00:00:00.000000Z"
    reviewer = f"Reviewer {chance.choice('ABCDEFGHIJ')} {words.english[number % 50]}"
    sections = [
        {
            "heading": words.text(language, 4),
            "level": 2,
            "blocks": [{"kind": "paragraph", "text": part}],
        }
        for part in text.split("\n")
    ]
    record = _record(url, site, language, title, reviewed, reviewer, digest)
    record_digest = f"sha256:{number}"
    connection.execute(
        "insert into captures (id, warc_file_id, offset, length, record_id, record_type, site, url,"
        " fetched_at, status) values (?, 1, ?, 1, ?, 'response', ?, ?, ?, 200)",
        (number, number, f"urn:{number}", site, url, moment),
    )
    connection.execute(
        "insert into articles values (?,?,?,null,?,?,null,'named',null,null,?,null,?,1,?,?,?,null)",
        (number, url, site, language, title, reviewed, WORDS, number, moment, moment),
    )
    connection.execute("insert into texts values (?, ?, ?)", (digest, text, json.dumps(sections)))
    connection.execute("insert into records values (?, ?)", (record_digest, json.dumps(record)))
    connection.execute(
        "insert into observations values (?, ?, ?, ?, ?, '1')",
        (number, number, moment, digest, record_digest),
    )
    connection.execute(
        "insert into versions values (?, 1, ?, ?, ?, ?, ?, ?)",
        (number, digest, number, number, moment, moment, WORDS),
    )
    connection.execute(
        "insert into people (name_key, name, kind) select ?1, ?2, 'person'"
        " where not exists (select 1 from people where name = ?2)",
        (reviewer.lower(), reviewer),
    )
    connection.execute(
        "insert into credits (article_id, person_id, role, position, name, credentials)"
        " select ?, id, 'medical_reviewer', 0, name, '[]'"
        " from people where name = ?",
        (number, reviewer),
    )
    connection.execute("insert into search_queue values (?)", (number,))


def _record(
    url: str, site: str, language: str, title: str, reviewed: str, reviewer: str, digest: str
) -> dict[str, Any]:
    evidence = {"source": "byline", "locator": "p", "raw": reviewer, "rule": "x", "confidence": 0.9}
    lists = ("keywords", "takeaways", "faq", "toc", "disclaimers", "disclosures", "related")
    return {
        "schema": "archiater/article/1",
        "url": url,
        "site": site,
        "language": language,
        "title": title,
        **{name: [] for name in (*lists, "images")},
        "references": [
            {"text": f"A study {at}"} | dict.fromkeys(("url", "doi", "pmid", "pmcid", "isbn"))
            for at in range(10)
        ],
        "contributors": [
            {
                "role": "medical_reviewer",
                "name": reviewer,
                "credentials": ["MD"],
                **dict.fromkeys(("prefix", "specialty", "job_title", "affiliation")),
                "kind": "person",
                **dict.fromkeys(("profile_url", "licence", "scope")),
                "evidence": [evidence],
            }
        ],
        "dates": [
            {
                "kind": "reviewed",
                "value": reviewed,
                "precision": "month",
                "raw": reviewed,
                "evidence": [evidence],
            }
        ],
        "review": {"status": "named", "flags": [], "conflicts": [], "history": []},
        "rights": {"signals": [], "resolved": {}},
        "extractor": {"version": "1", "route": "blocks", "confidence": 0.9},
        "text_digest": digest,
        "word_count": WORDS,
    }


def measure_index(path: Path) -> None:
    before = (path / "archive.db").stat().st_size
    with Collection.open(path) as collection:
        started = time.perf_counter()
        articles = index_pending(collection)
        spent = time.perf_counter() - started
        collection.connection.execute("pragma wal_checkpoint(truncate)")
    after = (path / "archive.db").stat().st_size
    print(f"\narticles            {articles:>10,}")
    print(f"indexed a second    {articles / spent:>10,.0f}")
    print(f"bytes an article    {before / articles:>10,.0f} without the index")
    print(f"                    {(after - before) / articles:>10,.0f} more with it")


def kinds(words: Words) -> dict[str, Callable[[], dict[str, Any]]]:
    """Ways to make a query of each kind: arguments of `search`."""
    chance = words.chance

    def common() -> str:
        return chance.choice(words.english[:40])

    def middling() -> str:
        return chance.choice(words.english[300:2000])

    def rare() -> str:
        return chance.choice(words.english[15_000:])

    some = Filters(sites=("site-1.example",), reviewed_before="2020")
    return {
        "common word": lambda: {"query": common()},
        "middling word": lambda: {"query": middling()},
        "rare word": lambda: {"query": rare()},
        "three words": lambda: {"query": f"{common()} {middling()} {middling()}"},
        "phrase": lambda: {"query": f'"{common()} {common()}"'},
        "prefix": lambda: {"query": f"{middling()[:4]}*"},
        "exclusion": lambda: {"query": f"{middling()} -{common()}"},
        "exclusion alone": lambda: {"query": f"-{common()}"},
        "Vietnamese": lambda: {"query": "tieu duong"},
        "Thai": lambda: {"query": chance.choice(words.foreign["th"])},
        "Chinese": lambda: {"query": chance.choice(("血压", "糖尿病", "癌", "感染 风险"))},
        "common, filtered": lambda: {"query": common(), "filters": some},
        "common, reviewer": lambda: {"query": common(), "filters": Filters(reviewer="reviewer b")},
        "common, newest": lambda: {"query": common(), "sort": "newest"},
        "no query, filtered": lambda: {"filters": some},
        "no query": dict,
    }


def measure_queries(path: Path) -> None:
    words = Words(random.Random(1))  # noqa: S311
    print(f"\n{'query (20 hits, snippets, counts)':<34}{'found':>9}{'p50 ms':>9}{'p95 ms':>9}")
    with Collection.open(path, read_only=True) as collection:
        for kind, make in kinds(words).items():
            found, times = [], []
            for _ in range(QUERIES):
                arguments = make()
                started = time.perf_counter()
                results = search(collection, **arguments)
                times.append((time.perf_counter() - started) * 1000)
                found.append(results.total)
            p95 = statistics.quantiles(times, n=20)[-1]
            print(
                f"{kind:<34}{statistics.median(found):>9,.0f}"
                f"{statistics.median(times):>9.1f}{p95:>9.1f}"
            )


def measure_exports(path: Path) -> None:
    print(f"\n{'export':<12}{'rows/s':>10}{'bytes/row':>12}{'peak RSS MB':>14}")
    for format_name in FORMATS:
        # A process of its own for each: memory once used is not given back.
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            rows, spent, size, peak = pool.apply(_export, (path, format_name))
        print(f"{format_name:<12}{rows / spent:>10,.0f}{size / rows:>12,.0f}{peak / 1024:>14,.0f}")


def _export(path: Path, format_name: Any) -> tuple[int, float, int, int]:
    started = time.perf_counter()
    with Collection.open(path, read_only=True) as collection:
        manifest = export(collection, format_name, path.parent / f"out.{format_name}")
    spent = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return manifest["articles"], spent, manifest["bytes"], peak


if __name__ == "__main__":
    main()
