from __future__ import annotations

from archive.people import name_key


def test_names_are_known_by_their_letters() -> None:
    assert name_key("J. R.  O'Neil") == name_key("J.R. O’NEIL")
    assert name_key("Nguyễn Đức") == name_key("NGUYEN DUC")
    # Vowel signs of Thai are marks as accents are, but part two names.
    assert name_key("สมชาย") != name_key("สมชีย")
    assert name_key("王伟") == name_key("王 伟")
    assert name_key("???") == "???"
