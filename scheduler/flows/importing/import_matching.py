"""What a calendar says now, beside what it said before: no rows, no clock."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from calendars.municipal import Found, Proposal
from scheduler.domain.terms import ImportOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What an earlier import left: the calendar's key, and its words then.

    `here` says that it came from the very calendar that is read now, `gone` that the calendar had
    dropped it.
    """

    request_id: str
    key: str
    said: Mapping[str, str]
    here: bool
    gone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One date: what happened to it, and where it is known from; None where it is new."""

    outcome: ImportOutcome
    request_id: str | None
    proposal: Proposal | None


def said(proposal: Proposal) -> dict[str, str]:
    """A proposal's words, as they are kept to compare with the next time."""
    return {
        "title": proposal.title,
        "day": proposal.day.isoformat(),
        "starts_at": proposal.starts_at.isoformat() if proposal.starts_at else "",
        "ends_at": proposal.ends_at.isoformat() if proposal.ends_at else "",
        "place": proposal.place,
        "text": proposal.text,
        "url": proposal.url,
        "papers": " ".join(proposal.papers),
    }


def fingerprint(words: Mapping[str, str]) -> str:
    """The same words give the same 64 letters."""
    return sha256(json.dumps(dict(words), sort_keys=True).encode()).hexdigest()


def match(found: Found, known: Sequence[Known], *, today: date) -> list[Match]:
    """Every date of the calendar, and every known one that is no longer in it.

    A date is known by its key; a calendar that gives out new keys each time, by its title and time.
    What is past, lies outside the calendar that was read, or may hide in an entry that couldn't be
    read, is not taken for withdrawn.
    """
    pairs = _pairs(found.proposals, known)
    matches = [
        Match(
            outcome=_outcome(proposal, pairs.get(proposal.key)),
            request_id=pairs[proposal.key].request_id if proposal.key in pairs else None,
            proposal=proposal,
        )
        for proposal in found.proposals
        if proposal.key in pairs or not proposal.called_off
    ]
    seen = {each.request_id for each in pairs.values()}
    missing = [each for each in known if each.request_id not in seen]
    return [*matches, *_dropped(missing, found, today)]


def _pairs(proposals: Sequence[Proposal], known: Sequence[Known]) -> dict[str, Known]:
    """Which known one each proposal is, by the proposal's key."""
    by_key = {each.key: each for each in known}
    pairs = {each.key: by_key[each.key] for each in proposals if each.key in by_key}
    taken = {each.request_id for each in pairs.values()}
    spare = {
        _sight(each.said): each for each in known if each.here and each.request_id not in taken
    }
    for proposal in proposals:
        sight = _sight(said(proposal))
        if proposal.key not in pairs and sight in spare:
            pairs[proposal.key] = spare.pop(sight)
    return pairs


def _sight(words: Mapping[str, str]) -> tuple[str, str, str]:
    return words["title"], words["day"], words["starts_at"]


def _outcome(proposal: Proposal, before: Known | None) -> ImportOutcome:
    if before is None:
        return ImportOutcome.NEW
    if proposal.called_off:
        return ImportOutcome.UNCHANGED if before.gone else ImportOutcome.WITHDRAWN
    if before.gone:
        return ImportOutcome.RETURNED
    now = said(proposal)
    for outcome, names in (
        (ImportOutcome.MOVED, ("day", "starts_at", "ends_at")),
        (ImportOutcome.RENAMED, ("title",)),
        (ImportOutcome.CHANGED, tuple(now)),
    ):
        if any(before.said[name] != now[name] for name in names):
            return outcome
    return ImportOutcome.UNCHANGED


def _dropped(missing: Sequence[Known], found: Found, today: date) -> list[Match]:
    if not found.whole or found.next_page:
        return []
    return [
        Match(outcome=ImportOutcome.WITHDRAWN, request_id=each.request_id, proposal=None)
        for each in missing
        if each.here
        and not each.gone
        and date.fromisoformat(each.said["day"]) >= today
        and not _may_hide(each.key, found.unread)
    ]


def _may_hide(key: str, unread: Collection[str]) -> bool:
    """An unread series hides all its dates."""
    return key in unread or key.partition("#")[0] in unread
