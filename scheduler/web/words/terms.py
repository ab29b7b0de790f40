"""Dates, times, numbers and the field's terms in words, in the language of the visit.

Times are shown on the province's own clock, whatever the clock of the server says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

from scheduler.domain.errors import Sentence
from scheduler.domain.terms import (
    ChangeKind,
    Character,
    Level,
    MailKind,
    MailState,
    PlanKind,
    PlanMode,
    ReplyKind,
    Role,
    Way,
)
from scheduler.domain.times import local
from scheduler.flows.load.workload import Bearer
from scheduler.policy import Tier
from scheduler.web.languages import CATALOGUES, Catalogue, Language, mark
from scheduler.web.words.acts import ACTS, NOUNS, ON_RECORDS, OTHERWISE

_TERMS: dict[StrEnum, str] = {
    Level.MUNICIPALITY: mark("gemeente"),
    Level.PROVINCE: mark("provincie"),
    Level.CORPORATION: mark("woningcorporatie"),
    Way.PAGE: mark("via de website"),
    Way.MAIL: mark("via een mail"),
    Way.REPLY: mark("via een mailantwoord"),
    Way.CALENDAR: mark("via de agenda"),
    Character.DECIDING: mark("Besluitend: huurders beslissen mee."),
    Character.ADVISING: mark("Adviserend: anderen besluiten later."),
    Character.INFORMING: mark("Informerend: huurders horen het nieuws."),
    ChangeKind.ADDED: mark("nieuw"),
    ChangeKind.CANCELLED: mark("gaat niet door"),
    ChangeKind.RESTORED: mark("gaat toch door"),
    ChangeKind.MOVED: mark("andere tijd"),
    ChangeKind.PLACE: mark("andere plek"),
    ChangeKind.DETAILS: mark("andere gegevens"),
    ChangeKind.ATTENDEES: mark("andere deelnemers"),
    ChangeKind.DEPUTY: mark("andere vervanger"),
    ChangeKind.SHADOWS: mark("wie er meeloopt"),
    ChangeKind.VOICES: mark("wie namens wie spreekt"),
    MailKind.REQUEST: mark("uitnodiging"),
    MailKind.CANCEL: mark("uitnodiging ingetrokken"),
    MailKind.SIGN_IN: mark("link om in te loggen"),
    MailKind.CONFIRM: mark("link om een mailadres te bevestigen"),
    MailKind.STAND_IN: mark("vraag om in te vallen"),
    MailKind.REMINDER: mark("herinnering"),
    MailKind.DIGEST: mark("weekbericht"),
    MailKind.FOLLOW: mark("bericht aan wie vroeg"),
    MailKind.INPUT: mark("vraag om inbreng"),
    MailKind.MANDATE: mark("bericht over een mandaat"),
    MailKind.PARTICIPATION: mark("vraag of een keuze nog geldt"),
    MailKind.LOAN: mark("vraag om akkoord over uren"),
    MailKind.VOTE: mark("vraag om te stemmen"),
    MailKind.REPORT_ASK: mark("vraag om een terugkoppeling"),
    MailKind.REPORT: mark("terugkoppeling"),
    MailKind.REPORT_SHORT: mark("korte terugkoppeling"),
    MailKind.REACTION: mark("reactie op een terugkoppeling"),
    MailKind.BOARD_DIGEST: mark("bericht voor het bestuur"),
    MailState.HELD: mark("wacht op u"),
    MailState.WAITING: mark("gaat nu uit"),
    MailState.SENT: mark("verstuurd"),
    MailState.FAILED: mark("niet gelukt"),
    MailState.WITHDRAWN: mark("niet verstuurd"),
    ReplyKind.ACCEPTED: mark("komt"),
    ReplyKind.TENTATIVE: mark("komt misschien"),
    ReplyKind.DECLINED: mark("komt niet"),
    ReplyKind.COUNTER: mark("stelt een andere tijd voor"),
    ReplyKind.NOTE: mark("schreef een bericht"),
    PlanMode.REPAIR: mark("Dicht de gaten met zo weinig mogelijk wijzigingen"),
    PlanMode.REBALANCE: mark("Verdeel het werk eerlijker, met oog voor wat er al staat"),
    PlanMode.REPLAN: mark("Plan helemaal opnieuw"),
    Bearer.ORGANISATION: mark("Organisatie"),
    Bearer.REPRESENTATIVE: mark("Afgevaardigde"),
    Bearer.CORPORATION: mark("Corporatie"),
}

# Apart, because a member of one list equals another's that is spelled alike.
_ROLES: dict[Role, str] = {
    Role.COORDINATOR: mark("De coördinator"),
    Role.REPRESENTATIVE: mark("Een afgevaardigde"),
    Role.BOARD: mark("Een bestuur"),
    Role.MUNICIPALITY: mark("Een gemeente"),
    Role.CORPORATION: mark("Een woningcorporatie"),
    Role.PROVINCE: mark("De provincie"),
    Role.ADMINISTRATOR: mark("De beheerder"),
    Role.AUDITOR: mark("De controleur"),
    Role.SYSTEM: mark("Het systeem"),
}
_PROPOSALS: dict[PlanMode, str] = {
    PlanMode.REPAIR: mark("Kleinste ingreep"),
    PlanMode.REBALANCE: mark("Eerlijker verdeeld"),
    PlanMode.REPLAN: mark("Helemaal opnieuw"),
}
_KINDS: dict[PlanKind, str] = {
    PlanKind.FEWEST_CHANGES: mark("Kleinste ingreep"),
    PlanKind.FAIREST: mark("Eerlijkst verdeeld"),
    PlanKind.LEAST_TRAVEL: mark("Minste reizen"),
}
_WHOLE = mark("Heel het rooster")
_TIERS: dict[Tier, str] = {
    Tier.PRESENCE: mark("Lege plaatsen"),
    Tier.VOICE: mark("Organisaties niet gehoord"),
    Tier.EXPERTISE: mark("Overleggen zonder deskundige"),
    Tier.DEPUTY: mark("Overleggen zonder vervanger"),
    Tier.STABILITY: mark("Wijzigingen voor mensen"),
    Tier.WORKLOAD: mark("Werklast naast de draagkracht"),
    Tier.SPREAD: mark("Spreiding over de provincie"),
    Tier.COMFORT: mark("Reistijd, werktijd en wensen"),
}

_NUMERALS = (
    mark("geen"),
    mark("één"),
    mark("twee"),
    mark("drie"),
    mark("vier"),
    mark("vijf"),
    mark("zes"),
    mark("zeven"),
    mark("acht"),
    mark("negen"),
    mark("tien"),
    mark("elf"),
    mark("twaalf"),
)

_NEAR = {-1: mark("gisteren"), 0: mark("vandaag"), 1: mark("morgen")}
_AHEAD = mark("over %(num)s dagen")
_BEHIND = mark("%(num)s dagen geleden")


@dataclass(frozen=True, slots=True)
class Words:
    """How things are said in one language on one day; `today` is local."""

    language: Language
    today: date

    @property
    def _catalogue(self) -> Catalogue:
        return CATALOGUES[self.language]

    def term(self, member: StrEnum) -> str:
        """A term of the field."""
        return self._catalogue.gettext(_TERMS[member])

    def said(self, text: str) -> str:
        """A text that was marked for translation where it is kept."""
        return self._catalogue.gettext(text)

    def noun(self, noun: str) -> str:
        """What somebody acted on, as the log calls it."""
        return self.said(NOUNS[noun]) if noun in NOUNS else noun

    def act(self, noun: str, act: str, name: str) -> str:
        """What somebody did, as the log says it."""
        on_records = ON_RECORDS.get(act, OTHERWISE) if noun in NOUNS else OTHERWISE
        said = self.said(ACTS.get((noun, act), on_records))
        return said % {"act": act, "noun": self.noun(noun), "id": name}

    def tier(self, name: str) -> str:
        """What a plan is judged on, by its name in the rule book."""
        return self.said(_TIERS[Tier(name)])

    def proposal(self, mode: PlanMode | None, kind: PlanKind | None) -> str:
        """What a proposal is called: what it is the best at."""
        if kind is not None:
            return self.said(_KINDS[kind])
        return self.said(_WHOLE if mode is None else _PROPOSALS[mode])

    def role(self, role: Role) -> str:
        """Who somebody is to the system."""
        return self.said(_ROLES[role])

    def text(self, marked: str, **values: object) -> str:
        """A marked text in this language, with values in its places."""
        return self._catalogue.gettext(marked) % values

    def sentence(self, said: Sentence) -> str:
        """A sentence that came with both its languages."""
        return said.nl if self.language is Language.DUTCH else said.en

    def short(self, said: Sentence) -> str:
        """A field's name without its question mark, or what stands between brackets."""
        return self.sentence(said).partition(" (")[0].rstrip("?")

    def number(self, value: float) -> str:
        """9.699 and 38,5."""
        return _decimal(value, "#,##0.###", self.language)

    def count(self, value: int) -> str:
        """In letters up to twelve, in digits above."""
        if value < len(_NUMERALS):
            return self._catalogue.gettext(_NUMERALS[value])
        return self.number(value)

    def hours(self, minutes: int) -> str:
        """Minutes as hours with at most one decimal: 38,5."""
        return _decimal(minutes / 60, "#,##0.#", self.language)

    def names(self, names: Sequence[str]) -> str:
        """A, B en C."""
        if len(names) <= 1:
            return "".join(names)
        conjunction = self._catalogue.gettext("en")
        return f"{', '.join(names[:-1])} {conjunction} {names[-1]}"

    def weekday(self, moment: date) -> str:
        """The day of the week: donderdag."""
        return _dated(_day(moment), "EEEE", self.language)

    def month(self, moment: date, *, year: bool = False) -> str:
        """The month, with its year where asked: maart 2027."""
        return _dated(_day(moment), "MMMM y" if year else "MMMM", self.language)

    def on(self, moment: date, *, year: bool | None = None) -> str:
        """18 maart, with the year where it isn't this one, or as asked."""
        shows_year = _day(moment).year != self.today.year if year is None else year
        return _dated(_day(moment), "d MMMM y" if shows_year else "d MMMM", self.language)

    def day(self, moment: date, *, year: bool | None = None) -> str:
        """The weekday and date: donderdag 18 maart."""
        return f"{self.weekday(moment)} {self.on(moment, year=year)}"

    def clock(self, instant: datetime) -> str:
        """13.30, or 13:30 in English."""
        return local(instant).strftime("%H.%M" if self.language is Language.DUTCH else "%H:%M")

    def span(self, starts_at: datetime, ends_at: datetime) -> str:
        """13.30 tot 15.30 uur."""
        words = self._catalogue.gettext("%(begin)s tot %(end)s uur")
        return words % {"begin": self.clock(starts_at), "end": self.clock(ends_at)}

    def between(self, first: str, last: str) -> str:
        """Two ends in words, or the one where they are alike, with a capital."""
        words = self._catalogue.gettext("%(first)s tot en met %(last)s")
        text = first if first == last else words % {"first": first, "last": last}
        return text[:1].upper() + text[1:]

    def iso(self, moment: date) -> str:
        """The local day as machines read it: 2027-03-18."""
        return _day(moment).isoformat()

    def day_number(self, moment: date) -> int:
        """The day of the month."""
        return _day(moment).day

    def away(self, moment: date) -> str:
        """How far off a day is: vandaag, morgen, over 9 dagen, 3 dagen geleden."""
        days = (_day(moment) - self.today).days
        if days in _NEAR:
            return self._catalogue.gettext(_NEAR[days])
        words = _AHEAD if days > 0 else _BEHIND
        return self._catalogue.gettext(words) % {"num": self.number(abs(days))}

    def week(self, moment: date) -> str:
        """Week 11, 15 tot en met 21 maart: the ISO week around a day."""
        monday = _day(moment) - timedelta(days=_day(moment).weekday())
        sunday = monday + timedelta(days=6)
        same = monday.month == sunday.month
        return self._catalogue.gettext("Week %(number)s, %(first)s tot en met %(last)s") % {
            "number": monday.isocalendar().week,
            "first": str(monday.day) if same else self.on(monday),
            "last": self.on(sunday),
        }


# A long page says the same days and hours again and again, and putting them in words costs most.
_REMEMBERED = 4096


@lru_cache(_REMEMBERED)
def _decimal(value: float, pattern: str, language: Language) -> str:
    return format_decimal(value, format=pattern, locale=language)


@lru_cache(_REMEMBERED)
def _dated(day: date, pattern: str, language: Language) -> str:
    return format_date(day, pattern, locale=language)


def _day(moment: date) -> date:
    """The local day of an instant; a bare date is one already."""
    return local(moment).date() if isinstance(moment, datetime) else moment
