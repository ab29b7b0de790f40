"""The map: every municipality drawn, neighbours sharing their border to the dot."""

import json
import re
from itertools import combinations
from pathlib import Path

import pytest

from scheduler.provinces.outline import Outline, read_outline
from scheduler.settings import CONFIG

DRENTHE = CONFIG / "provinces" / "drenthe"
NEIGHBOURS = {("GM0106", "GM1730"), ("GM0114", "GM1681"), ("GM0119", "GM1690")}


@pytest.fixture(scope="module")
def outline() -> Outline:
    found = read_outline(DRENTHE)
    assert found is not None
    return found


def _dots(path: str) -> set[tuple[int, int]]:
    dots = set()
    for ring in re.findall(r"M(-?\d+ -?\d+)l([^z]*)z", path):
        x, y = map(int, ring[0].split())
        dots.add((x, y))
        numbers = list(map(int, ring[1].split()))
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            dots.add((x, y))
    return dots


def test_every_municipality_is_drawn_within_the_picture(outline: Outline) -> None:
    codes = (DRENTHE / "municipalities.csv").read_text(encoding="utf-8")
    assert set(outline.areas) == set(re.findall(r"GM\d{4}", codes))
    for area in outline.areas.values():
        assert all(
            0 <= x <= outline.width and 0 <= y <= outline.height for x, y in _dots(area.path)
        )
        assert 0 < area.x < outline.width


def test_neighbours_share_their_border(outline: Outline) -> None:
    shared = {
        pair
        for pair in combinations(sorted(outline.areas), 2)
        if len(_dots(outline.areas[pair[0]].path) & _dots(outline.areas[pair[1]].path)) > 5
    }
    assert shared >= NEIGHBOURS
    assert ("GM0106", "GM0114") not in shared


def test_the_picture_is_small_and_says_whose_borders_they_are(outline: Outline) -> None:
    assert sum(len(area.path) for area in outline.areas.values()) < 12_000
    assert "Kadaster" in outline.attribution


def test_a_province_without_an_outline_has_no_map(tmp_path: Path) -> None:
    assert read_outline(tmp_path) is None


def test_an_area_may_have_parts(tmp_path: Path) -> None:
    def square(west: float) -> list[list[list[float]]]:
        east = west + 0.1
        return [[[west, 52], [east, 52], [east, 52.1], [west, 52.1], [west, 52]]]

    feature = {
        "type": "Feature",
        "properties": {"code": "GM0001", "label_lon": 6.05, "label_lat": 52.05},
        "geometry": {"type": "MultiPolygon", "coordinates": [square(6.0), square(6.3)]},
    }
    collection = {"type": "FeatureCollection", "features": [feature]}
    (tmp_path / "outline.geojson").write_text(json.dumps(collection), encoding="utf-8")
    found = read_outline(tmp_path)
    assert found is not None
    assert found.attribution == ""
    assert found.areas["GM0001"].path.count("M") == 2
