"""What a charset label of the web means: the codec that reads what browsers read behind it.

Source: the label table of the WHATWG Encoding Standard. Called by `decoding`.
"""

from __future__ import annotations

import codecs


def codec_of(label: str) -> str | None:
    """The codec for a label of header or meta; None where it names no encoding of text.

    >>> codec_of("ISO-8859-1"), codec_of("x-sjis"), codec_of("nonsense")
    ('cp1252', 'cp932', None)
    """
    label = label.strip().lower()
    if label.startswith("iso8859") and label[7:].isdigit():
        label = f"iso8859-{label[7:]}"
    try:
        name = codecs.lookup(_LABELS.get(label, label)).name
        # Labels like `hex` or `rot13` are codecs of Python, not of text; `utf-7` and `idna` raise
        # in spite of "replace", and no browser reads them.
        if name in _NO_CHARSETS or not isinstance(b"a".decode(name, "ignore"), str):
            return None
    except (LookupError, ValueError, TypeError):
        return None
    return _WIDER_CODECS.get(name, name)


# Labels that Python does not know.
_LABELS = {
    "x-sjis": "shift_jis", "windows-31j": "cp932", "x-gbk": "gbk", "gb_2312": "gbk",
    "gb_2312-80": "gbk", "csgb2312": "gbk", "x-x-big5": "big5", "cn-big5": "big5",
    "x-euc-jp": "euc_jp", "cseucpkdfmtjapanese": "euc_jp", "cseuckr": "euc_kr",
    "csksc56011987": "euc_kr", "iso-ir-149": "euc_kr", "ks_c_5601-1989": "euc_kr",
    "ksc_5601": "euc_kr", "windows-949": "euc_kr", "dos-874": "cp874", "windows-874": "cp874",
    "koi": "koi8-r", "koi8": "koi8-r", "koi8-ru": "koi8-u", "mac": "mac-roman",
    "csmacintosh": "mac-roman", "x-mac-roman": "mac-roman", "x-mac-cyrillic": "mac-cyrillic",
    "x-mac-ukrainian": "mac-cyrillic", "sun_eu_greek": "iso8859-7", "visual": "iso8859-8",
    "logical": "iso8859-8", "iso-8859-8-i": "iso8859-8", "iso-8859-8-e": "iso8859-8",
    "csisolatin9": "iso8859-15", "iso-8859-6-i": "iso8859-6", "iso-8859-6-e": "iso8859-6",
    "unicode-1-1-utf-8": "utf-8", "unicode": "utf-16-le", "ucs-2": "utf-16-le",
    "iso-10646-ucs-2": "utf-16-le", "csunicode": "utf-16-le",
}  # fmt: skip
_LABELS |= {f"x-cp125{digit}": f"cp125{digit}" for digit in range(9)}

_NO_CHARSETS = frozenset({"utf-7", "idna", "punycode", "undefined", "unicode_escape",
                          "raw_unicode_escape"})  # fmt: skip

# Where Python's codec of the same name is narrower than what pages with the label hold.
_WIDER_CODECS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
