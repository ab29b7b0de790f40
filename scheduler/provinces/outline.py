"""The borders of a province's municipalities, drawn small: `outline.geojson` to SVG paths."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import cos, radians
from pathlib import Path
from typing import Any

FILE = "outline.geojson"

_WIDTH = 640
_MARGIN = 8
_GRID = 2
"""Points are set on a grid of this size. Neighbours share their border's points, so they still do
afterwards: no gaps and no overlaps, whatever is left out."""

_Point = tuple[float, float]
_Dot = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One municipality: its path, and where its name is best written."""

    path: str
    x: int
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The map: its size, its areas by CBS code, and whose borders they are."""

    width: int
    height: int
    areas: Mapping[str, Area]
    attribution: str


@cache
def read_outline(folder: Path) -> Outline | None:
    """The outline in a province's folder, or None where it has none. Read once."""
    path = folder / FILE
    if not path.is_file():
        return None
    found = json.loads(path.read_text(encoding="utf-8"))
    features: Sequence[Mapping[str, Any]] = found["features"]
    points = [point for feature in features for ring in _rings(feature) for point in ring]
    projection = _Projection(points)
    return Outline(
        width=_WIDTH,
        height=projection.height,
        areas={feature["properties"]["code"]: _area(feature, projection) for feature in features},
        attribution=str(found.get("attribution", "")),
    )


class _Projection:
    """Degrees to the map's own coordinates: equirectangular, true in the middle of the province."""

    def __init__(self, points: Sequence[_Point]) -> None:
        lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
        self._west, self._north = min(lons), max(lats)
        self._squeeze = cos(radians((min(lats) + max(lats)) / 2))
        wide = (max(lons) - self._west) * self._squeeze
        self._scale = (_WIDTH - 2 * _MARGIN) / wide
        self.height = round((self._north - min(lats)) * self._scale) + 2 * _MARGIN

    def __call__(self, point: _Point) -> _Dot:
        lon, lat = point
        x = (lon - self._west) * self._squeeze * self._scale + _MARGIN
        y = (self._north - lat) * self._scale + _MARGIN
        return _GRID * round(x / _GRID), _GRID * round(y / _GRID)


def _rings(feature: Mapping[str, Any]) -> Iterator[list[_Point]]:
    geometry = feature["geometry"]
    single = geometry["type"] == "Polygon"
    polygons = [geometry["coordinates"]] if single else geometry["coordinates"]
    for polygon in polygons:
        for ring in polygon:
            yield [(lon, lat) for lon, lat, *_ in ring]


def _area(feature: Mapping[str, Any], projection: _Projection) -> Area:
    drawn = [_simple([projection(point) for point in ring]) for ring in _rings(feature)]
    label = feature["properties"]
    x, y = projection((label["label_lon"], label["label_lat"]))
    return Area(path="".join(_path(ring) for ring in drawn if len(ring) > 2), x=x, y=y)  # noqa: PLR2004 - two dots make no area


def _simple(dots: Iterable[_Dot]) -> list[_Dot]:
    """Without dots on top of the one before, or straight between their neighbours."""
    kept: list[_Dot] = []
    for dot in dots:
        if kept and dot == kept[-1]:
            continue
        while len(kept) > 1 and _straight(kept[-2], kept[-1], dot):
            kept.pop()
        kept.append(dot)
    return kept[:-1] if len(kept) > 1 and kept[0] == kept[-1] else kept


def _straight(a: _Dot, b: _Dot, c: _Dot) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) == (c[0] - a[0]) * (b[1] - a[1])


def _path(ring: Sequence[_Dot]) -> str:
    """Relative steps: shorter than places, and they pack well."""
    x, y = ring[0]
    steps = [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(ring)]
    return f"M{x} {y}l{' '.join(steps)}z"
