from __future__ import annotations

import pytest

from articles.quantities import compare_numbers


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        pytest.param("400 mg", "400mg", [], id="space is no change"),
        pytest.param("5-10 mg", "5 to 10 mg", [], id="a range spelled out is no change"),
        pytest.param("5 mg", "5 g", [("5 mg", "5 g")], id="unit"),
        pytest.param(
            "< 120/80 mmHg", "> 120/80 mmHg", [("< 120/80 mmHg", "> 120/80 mmHg")], id="sign"
        ),
        pytest.param(
            "5–10 mg/kg/day", "5–15 mg/kg/day", [("5–10 mg/kg/day", "5–15 mg/kg/day")], id="range"
        ),
        pytest.param("3 days", "3 weeks", [("3 days", "3 weeks")], id="duration"),
        pytest.param("0.5 ml", "5 ml", [("0.5 ml", "5 ml")], id="decimal point lost"),
        pytest.param("2 giờ", "4 giờ", [("2 giờ", "4 giờ")], id="vietnamese"),
        pytest.param("กิน2เม็ด", "กิน3เม็ด", [("2เม็ด", "3เม็ด")], id="thai"),
        pytest.param("每天3次", "每天2次", [("3次", "2次")], id="chinese"),
        pytest.param("5 men", "6 men", [("5", "6")], id="no unit in a word"),
        pytest.param("for a day", "for 2 days", [(None, "2 days")], id="new"),
        pytest.param("1 g, 3 days", "3 days", [("1 g", None)], id="gone"),
        pytest.param(
            "1 g or 2 ml", "5 ml", [("2 ml", "5 ml"), ("1 g", None)], id="same unit first"
        ),
    ],
)
def test_numbers_are_compared_with_their_units(
    old: str, new: str, changes: list[tuple[str | None, str | None]]
) -> None:
    found = compare_numbers(old, new)

    assert [(change.old, change.new) for change in found] == changes
