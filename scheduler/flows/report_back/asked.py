"""What each organisation asked beforehand, for who tells whether its voice was carried across."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from scheduler.db.input import PositionView, VersionView, newest_versions
from scheduler.domain.access import Actor
from scheduler.flows.report_back.write import to_report


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """The input that counted when the meeting was held, by organisation."""

    given: Mapping[str, VersionView]

    def takes_no_part(self, organisation_id: str) -> bool:
        """Whether it deliberately said nothing."""
        return organisation_id in self.given and self.given[organisation_id].abstains

    def about(self, organisation_id: str, item_id: str) -> PositionView | None:
        """What it said of one agenda item; None where it said nothing of it."""
        version = self.given.get(organisation_id)
        return version.positions.get(item_id) if version else None


def asked_before(session: Session, actor: Actor, meeting_id: str, *, at: datetime) -> AskedBefore:
    """What everybody asked at a meeting of which this actor tells. Raises as `to_report`."""
    to_report(session, actor, meeting_id, at=at)
    return AskedBefore(newest_versions(session, actor, meeting_id))
