"""What in a problem has nothing to do with one another, and can be planned by itself.

A sum over such parts is the least, tier by tier, exactly where every part is.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from solver.derive import Derived
from solver.problem import Level, Meeting

SMALL_PART = 40
"""Meetings; parts smaller than this go together, for each has its overhead."""

Link = tuple[str, str]


def parts(derived: Derived) -> list[Sequence[str]]:
    """The meetings, in parts that share no organisation, no series and no region's seats."""
    leaders = _Leaders()
    for meeting in derived.problem.meetings.values():
        for link in _links(derived, meeting):
            leaders.join(("meeting", meeting.id), link)
    found: dict[Link, list[str]] = defaultdict(list)
    for name in derived.problem.meetings:
        found[leaders.of(("meeting", name))].append(name)
    return _gathered(list(found.values()))


def _links(derived: Derived, meeting: Meeting) -> Iterator[Link]:
    """Whatever else a meeting has in common with others that counts in some rule."""
    people, organisations = derived.problem.representatives, derived.problem.organisations
    if meeting.series is not None:
        yield "series", meeting.series
    for slot in derived.open_slots(meeting.id):
        for person in derived.candidates(meeting.id, slot):
            organisation = people[person].organisation
            yield "organisation", organisation
            if meeting.level is Level.PROVINCE:
                yield "region", organisations[organisation].region


def _gathered(found: list[list[str]]) -> list[Sequence[str]]:
    """The small ones put together until they are large; what is left over joins the first."""
    gathered = [part for part in found if len(part) >= SMALL_PART]
    together: list[str] = []
    for part in found:
        if len(part) < SMALL_PART:
            together += part
        if len(together) >= SMALL_PART:
            gathered.append(together)
            together = []
    if not gathered:
        return [together]
    return [[*gathered[0], *together], *gathered[1:]]


class _Leaders:
    """Disjoint sets (union-find): everything joined has the same leader."""

    def __init__(self) -> None:
        self._parent: dict[Link, Link] = {}
        self._size: Counter[Link] = Counter()

    def of(self, item: Link) -> Link:
        """The leader of an item's set."""
        path = []
        while item in self._parent:
            path.append(item)
            item = self._parent[item]
        self._parent.update(dict.fromkeys(path, item))
        return item

    def join(self, one: Link, other: Link) -> None:
        """Make one set of two."""
        small, large = sorted((self.of(one), self.of(other)), key=self._size.__getitem__)
        if small != large:
            self._parent[small] = large
            self._size[large] += self._size[small] + 1
