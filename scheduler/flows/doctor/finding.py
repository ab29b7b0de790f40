"""What an examination starts from, and what it says."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scheduler.db.engine import Database
from scheduler.domain.errors import Sentence
from scheduler.domain.secrets import SecretKey
from scheduler.settings import Settings


class State(StrEnum):
    """FINE: nothing to do. WATCH: it works, with a risk. WRONG: something doesn't work."""

    FINE = "fine"
    WATCH = "watch"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `said` says how it is, and what to do where that isn't fine."""

    subject: str
    state: State
    said: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The installation that is looked at, at an instant."""

    settings: Settings
    database: Database
    key: SecretKey
    at: datetime
