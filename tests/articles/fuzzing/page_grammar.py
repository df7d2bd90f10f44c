"""Pages in the shapes of health articles, and ways to break them, as hypothesis strategies.

`pages()` gives the bytes of a page with its Content-Type: a whole article, or one that was mutated
as markup and as bytes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from hypothesis import strategies as st

WORDS = {
    "en": "the fever of children goes down after a few days and cough may stay for some weeks",
    "id": "demam pada anak akan turun dalam beberapa hari dan batuk bisa bertahan untuk waktu lama",
    "vi": "sốt ở trẻ sẽ giảm trong một vài ngày và ho có thể kéo dài nhưng không nguy hiểm",
    "de": "das Fieber der Kinder sinkt nach einigen Tagen und der Husten bleibt für Wochen",
    "th": "ไข้ในเด็ก จะลดลง ภายในไม่กี่วัน และ อาการไอ อาจอยู่ได้นาน หลายสัปดาห์",
    "zh-TW": "兒童發燒 通常在幾天內消退 但咳嗽 可能會持續數週 這是正常現象 請多休息",
    "ar": "تنخفض الحمى في غضون أيام قليلة ولكن السعال قد يستمر بعد ذلك وهذا من الأمور العادية",
}
LABELS = (
    "Medically reviewed by", "Written by", "By", "Reviewed by", "Fact checked by",
    "Ditinjau secara medis oleh", "Tham vấn y khoa:", "Medizinisch geprüft von",
    "ตรวจสอบโดย", "撰文", "راجعه طبياً", "Last reviewed:", "Updated on", "Next review due:",
)  # fmt: skip
NAMES = (
    "Ada Roe, MD", "dr. Budi Santoso, Sp.A", "BS. Nguyễn Văn An", "Dr. med. Eva Braun",
    "王小明 醫師", "د. سارة أحمد", "Ada Roe-Doe, RDN, CDCES and Bo Li, PhD", "", "Clinic staff",
)  # fmt: skip
DATES = (
    "3 May 2021", "2021-05-03", "05/03/2021", "3 พฤษภาคม 2564", "2021年5月3日", "03.05.2021",
    "May 2021", "31 February 2021", "2021-05-03T10:00:00+07:00", "٣ مايو ٢٠٢١", "",
)  # fmt: skip


@dataclass(frozen=True)
class Fetched:
    body: bytes
    content_type: str | None


def sentences(language: str, most: int) -> st.SearchStrategy[str]:
    words = st.sampled_from(WORDS[language].split())
    one = st.lists(words, min_size=6, max_size=18).map(lambda chosen: " ".join(chosen) + ". ")
    return st.lists(one, min_size=1, max_size=most).map("".join)


@st.composite
def blocks(draw: st.DrawFn, language: str) -> str:
    text = draw(sentences(language, 4))
    other = draw(sentences(language, 1))
    return draw(
        st.sampled_from(
            (
                f"<p>{text}</p>",
                f"<p>{text}<a href='/x'>{other}</a> <b>{other}</b><sup><a href=#n>1</a></sup>",
                f"<h2>{other}</h2>",
                f"<h3 id=a>{other}</h3><p>{text}<br>{other}<br><br>{text}</p>",
                f"<ul><li>{other}<li>{text}<ol><li>{other}</ol></ul>",
                f"<table><caption>{other}</caption><tr><th colspan=2>{other}<tr><td>1<td>{text}"
                f"</table>",
                f"<blockquote><p>{text}</p></blockquote>",
                f"<details><summary>{other}</summary><p>{text}</p></details>",
                f"<div class=accordion hidden><h4>{other}</h4><div>{text}</div></div>",
                f"<figure><img src=/a.png alt='{other}'><figcaption>{other}</figcaption></figure>",
                f"<pre>  {text}\n  {other}</pre>",
                f"<div class='callout note'>{text}</div>",
                f"<aside class=related><h3>Related</h3><a href=/b>{other}</a></aside>",
                f"<h2>References</h2><ol><li>{other} doi:10.1000/182<li>https://x.example</ol>",
                f"<dl><dt>{other}<dd>{text}</dl>",
                f"<div>{text}<p>{other}</div>{text}",
                "<p>This content does not replace medical advice, diagnosis or treatment.</p>",
                f"<script>var a = '<p>{other}</p>'</script><style>p{{}}</style>",
            )
        )
    )


@st.composite
def bylines(draw: st.DrawFn) -> str:
    label, name, date = (draw(st.sampled_from(of)) for of in (LABELS, NAMES, DATES))
    shape = draw(
        st.sampled_from(
            (
                "<p>{} {} · {}</p>",
                "<div class=byline><span>{}</span> <a href=/author/a rel=author>{}</a>"
                "<time datetime=2021-05-03>{}</time></div>",
                "<div><span>{}</span><br>{}<br>{}</div>",
                "<span itemprop=author itemscope itemtype='https://schema.org/Person'>{}"
                "<b itemprop=name>{}</b></span><meta itemprop=datePublished content='{}'>",
            )
        )
    )
    return shape.format(label, name, date)


@st.composite
def linked_data(draw: st.DrawFn) -> str:
    name, date = draw(st.sampled_from(NAMES)), draw(st.sampled_from(DATES))
    person = draw(
        st.sampled_from((name, {"@type": "Person", "name": name}, [{"name": name}], {"@id": "#p"}))
    )
    node = {
        "@context": "https://schema.org",
        "@type": draw(st.sampled_from(("MedicalWebPage", "Article", ["NewsArticle"], 7))),
        "@id": draw(st.sampled_from(("#a", "#p"))),
        "author": person,
        "reviewedBy": draw(st.sampled_from((person, None, 3))),
        "lastReviewed": date,
        "datePublished": [date],
        "headline": draw(sentences("en", 1)),
        "publisher": {"@type": "Organization", "name": "Clinic"},
        "keywords": draw(st.sampled_from(("fever, cough", ["fever", None], {}))),
    }
    data = draw(st.sampled_from((node, [node], {"@graph": [node, {"@id": "#p", "name": "Ada"}]})))
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


@st.composite
def articles(draw: st.DrawFn) -> str:
    language = draw(st.sampled_from(sorted(WORDS)))
    body = "".join(draw(st.lists(blocks(language), min_size=2, max_size=9)))
    byline = "".join(draw(st.lists(bylines(), max_size=3)))
    title = draw(sentences(language, 1))
    data = "".join(draw(st.lists(linked_data(), max_size=2)))
    return (
        f"<!doctype html><html lang={draw(st.sampled_from([*WORDS, 'en', 'xx', '']))}><head>"
        f"<meta charset={draw(st.sampled_from(('utf-8', 'iso-8859-1', 'gbk')))}>"
        f"<title>{title} | Clinic</title>"
        f"<meta name=author content='{draw(st.sampled_from(NAMES))}'>"
        f"<meta property='article:modified_time' content='{draw(st.sampled_from(DATES))}'>{data}"
        f"</head><body><nav><a href=/>Home</a></nav><article><h1>{title}</h1>{byline}{body}{byline}"
        f"</article><footer>© Clinic</footer></body></html>"
    )


# What is put into a page, over a part of it, or in place of each of something.
PIECES = (
    "", "\0", "\x01\x1b\x7f\x85", "\u202e\u2066", "\u0301" * 40, "\ufeff",
    "&#0;&#xD800;&#x1F;&#x80;",
    "&amp;lt;p&gt;", "<", ">", "\"", "'", "<!--", "-->", "<![CDATA[", "]]>", "<script>",
    "</script>",
    "<title>", "<plaintext>", "<svg><title>", "<table><tr>", "</table>", "</div></div>", "<li>" * 9,
    "<div>" * 140, "<b><i><a href=x>", "<template>", "<select><option>", "<base href='http://[x'>",
    "</body></html>", "<frameset>", "<o:p>", "<p id='1 2' class>", " itemprop=author ",
    "\u00a0" * 30,
    "<td colspan=99999 rowspan=0>", "<time datetime='x'>", "<br>" * 30, "| * _ ` # > [x](y) \\ ~~~",
    "\n\n# not a heading\n\n", "https://x.example/a)b(c d\"e", "<img src='data:,x' alt=']('>",
)  # fmt: skip
TAGS = ("p", "div", "li", "table", "h1", "article", "script", "a", "span", "ul", "td", "meta")


@st.composite
def mutated(draw: st.DrawFn, source: str) -> str:
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(source)))
        end = min(len(source), at + draw(st.integers(0, 300)))
        kind = draw(st.sampled_from(("insert", "delete", "repeat", "swap", "nest", "cut")))
        if kind == "insert":
            source = source[:at] + draw(st.sampled_from(PIECES)) + source[at:]
        elif kind == "delete":
            source = source[:at] + source[end:]
        elif kind == "repeat":
            source = source[:at] + source[at:end] * draw(st.integers(2, 12)) + source[end:]
        elif kind == "swap":
            old, new = draw(st.sampled_from(TAGS)), draw(st.sampled_from(TAGS))
            source = source.replace(f"<{old}>", f"<{new}>")
        elif kind == "nest":
            source = source[:at] + source + source[at:]
        else:
            source = source[:at]
    return source


@st.composite
def pages(draw: st.DrawFn) -> Fetched:
    source = draw(articles().flatmap(mutated))
    charset = draw(st.sampled_from(("utf-8", "utf-8", "cp1252", "utf-16", "gb18030", "cp874")))
    body = source.encode(charset, "xmlcharrefreplace" if charset != "utf-16" else "replace")
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(body)))
        body = body[:at] + draw(st.binary(max_size=4)) + body[at + draw(st.integers(0, 3)) :]
    label = draw(
        st.sampled_from(
            (None, "text/html", f"text/html; charset={charset}", "text/html; charset=utf-8")
        )
    )
    return Fetched(body, label)
