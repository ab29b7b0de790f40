"""What records refer to: the others, by their names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, select

from scheduler.db import tables
from scheduler.db.views import Named
from scheduler.domain.names import by_name
from scheduler.domain.parsing import Unfit

_NAMED: Mapping[str, type[Any]] = {
    "region": tables.Region,
    "place": tables.Place,
    "organisation": tables.Organisation,
    "corporation": tables.Corporation,
    "municipality": tables.Municipality,
    "kind": tables.TableKind,
    "table": tables.Table,
    "representative": tables.Representative,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The names of everything that a record may refer to, by noun and identifier.

    `ended` are those that are no more on the day of asking: they are read, but not offered.
    """

    names: Mapping[str, Mapping[str, str]]
    ended: frozenset[tuple[str, str]] = frozenset()

    def called(self, noun: str, identifier: str) -> str:
        """The name; the identifier where nothing is known of it."""
        return self.names[noun].get(identifier, identifier)

    def found(self, noun: str, text: str) -> str:
        """The identifier, of an identifier or of a name that only one has; Unfit otherwise."""
        names = self.names[noun]
        if text in names:
            return text
        those = [key for key, name in names.items() if name.casefold() == text.casefold()]
        if len(those) != 1:
            raise Unfit(
                "iets dat al in de gegevens staat" if text else "een keuze",
                "something that is in the records" if text else "a choice",
            )
        return those[0]

    def exported(self, noun: str, identifier: str) -> str:
        """The name, by which `found` finds it again; the identifier where others share the name."""
        name = self.called(noun, identifier)
        same = [each for each in self.names[noun].values() if each.casefold() == name.casefold()]
        is_clear = len(same) == 1 and "," not in name and name not in self.names[noun]
        return name if is_clear else identifier

    def offered(self, noun: str, chosen: Iterable[str] = ()) -> tuple[Named, ...]:
        """What can be chosen, by name: what hasn't ended, and what has been chosen already."""
        kept = set(chosen)
        return tuple(
            Named(key, name)
            for key, name in sorted(self.names[noun].items(), key=lambda each: by_name(each[1]))
            if key in kept or (noun, key) not in self.ended
        )


def look_around(session: Session, *, today: date) -> Around:
    """Read all names, a handful of short lists."""
    names: dict[str, dict[str, str]] = {"topic": _topics(session)}
    ended = set()
    for noun, table in _NAMED.items():
        rows = session.exec(select(table)).all()
        names[noun] = {row.id: getattr(row, "name", None) or row.label for row in rows}
        last_days = ((row.id, getattr(row, "last_day", None)) for row in rows)
        ended |= {(noun, key) for key, last in last_days if last is not None and last < today}
    return Around(names=names, ended=frozenset(ended))


def _topics(session: Session) -> dict[str, str]:
    """Every topic in use; a topic is its own name."""
    found: set[str] = set(session.exec(select(tables.Expertise.topic).distinct()))
    for kind in session.exec(select(tables.TableKind)):
        found |= {*kind.topics, *kind.expertise}
    return {topic: topic for topic in sorted(found)}
