"""Travel minutes between places: measured where known, otherwise by distance (section 3)."""

from collections.abc import Mapping
from math import asin, ceil, cos, radians, sin, sqrt

from solver.problem import Place, Travel

EARTH_RADIUS_KM = 6371.0088
_ROUNDING_SLACK = 1e-9


class TravelTable:
    """Whole minutes from place to place, one way; remembers what it once reckoned."""

    def __init__(self, travel: Travel, places: Mapping[str, Place]) -> None:
        self._travel = travel
        self._places = places
        self._known: dict[tuple[str, str], int] = {}

    def minutes(self, origin: str, destination: str) -> int:
        """Minutes from one place to another; 0 within one place."""
        key = (origin, destination)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._reckon(origin, destination)
        return found

    def _reckon(self, origin: str, destination: str) -> int:
        if origin == destination:
            return 0
        measured = self._travel.minutes.get((origin, destination))
        if measured is None:
            measured = self._travel.minutes.get((destination, origin))
        return self._by_distance(origin, destination) if measured is None else measured

    def _by_distance(self, origin: str, destination: str) -> int:
        km = distance_km(self._places[origin], self._places[destination])
        hours = self._travel.detour * km / self._travel.speed_kmh
        return ceil(self._travel.overhead_minutes + 60 * hours - _ROUNDING_SLACK)


def distance_km(a: Place, b: Place) -> float:
    """Great-circle distance (haversine)."""
    lat_a, lat_b = radians(a.lat), radians(b.lat)
    half_lat, half_lon = (lat_b - lat_a) / 2, radians(b.lon - a.lon) / 2
    chord = sin(half_lat) ** 2 + cos(lat_a) * cos(lat_b) * sin(half_lon) ** 2
    # Rounding can lift the chord of antipodes above 1, where asin ends.
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, chord)))
