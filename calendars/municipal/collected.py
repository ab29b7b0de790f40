"""What is found, as it is collected entry by entry."""

from dataclasses import dataclass, field

from calendars.municipal.found import Asked, EntryFault, Found, Proposal, What
from calendars.municipal.texts import name


@dataclass(slots=True)
class Collected:
    """Proposals and faults so far; only days that are asked for become proposals."""

    asked: Asked
    proposals: dict[str, Proposal] = field(default_factory=dict)
    faults: list[EntryFault] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    outside: int = 0
    whole: bool = True

    def propose(self, proposal: Proposal) -> None:
        """Take a proposal in, unless its day isn't asked for."""
        if self.asked.first_day <= proposal.day <= self.asked.last_day:
            self.proposals[proposal.key] = proposal
        else:
            self.outside += 1

    def note(self, what: What, *names: str, found: str = "", key: str = "") -> None:
        """Name a fault. Of an entry that is left out the key says that it was there, though."""
        self.faults.append(EntryFault(entry=name(*names), what=what, found=name(found)))
        if what.kept or what is What.DOUBLED:
            return
        if key:
            self.unread.add(key)
        else:
            self.whole = False

    def found(self, *, title: str = "", owner: str = "", next_page: str = "") -> Found:
        """Everything, the proposals in the order of their days."""
        return Found(
            name=name(title),
            owner=owner,
            proposals=tuple(sorted(self.proposals.values(), key=lambda p: (p.day, p.key))),
            faults=tuple(self.faults),
            outside=self.outside,
            unread=frozenset(self.unread),
            whole=self.whole,
            next_page=next_page,
        )
