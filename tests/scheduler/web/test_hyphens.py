"""Where long names may break."""

import pytest

from scheduler.web.words.hyphens import hyphenated


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("Coevorden", "Coe|vor|den"),
        ("De Huurdersfederatie", "De Huur|ders|fe|de|ra|tie"),
        ("Borger-Odoorn", "Borger-Odoorn"),
        ("HBV Eelde-Paterswolde", "HBV Eelde-Paters|wolde"),
        ("HV Meppel", "HV Meppel"),
        ("", ""),
    ],
)
def test_only_long_words_break_and_only_between_syllables(name: str, broken: str) -> None:
    assert hyphenated(name).replace("\u00ad", "|") == broken
    assert hyphenated(name).replace("\u00ad", "") == name
