"""What all documents of the API have in common: camelCase names, and nothing that isn't meant."""

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel


class Schema(BaseModel):
    """The base of what is answered."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, frozen=True, from_attributes=True
    )


class Given(BaseModel):
    """The base of what is sent to us: of the right kinds, and without names that we don't know."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=False, frozen=True, extra="forbid", strict=True
    )


_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", flags=re.ASCII
)
_FIRST_YEAR, _LAST_YEAR = 1904, 2996
_DAY = re.compile(r"\d{4}-\d\d-\d\d", flags=re.ASCII)


def _is_instant(value: object) -> object:
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        raise ValueError("a date and time with its offset, as RFC 3339 writes it")
    # RFC 3339 allows a leap second, which no clock of ours can tell from the second before it, and
    # years that are far beyond ours, which are judged like one nearer by (a leap year as well).
    year = min(max(int(value[:4]), _FIRST_YEAR), _LAST_YEAR)
    return f"{year}" + re.sub(r":60(?=[.Zz+-])", ":59", value[4:])


def is_whole(value: object) -> object:
    """JSON knows one kind of number, so that 120.0 is a whole one (JSON Schema, section 4.2.3)."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("a whole number")  # noqa: TRY004 - pydantic reads this kind of error
    return value


def _is_day(value: object) -> object:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("a day, as in 2027-06-10")
    return value


def clean(text: str) -> str:
    """The text without what can't be printed; its lines stay."""
    return "".join(each if each.isprintable() or each in "\n\t" else " " for each in text)


Whole = Annotated[int, BeforeValidator(is_whole)]
Instant = Annotated[datetime, Field(strict=False), BeforeValidator(_is_instant)]
Day = Annotated[date, Field(strict=False), BeforeValidator(_is_day)]
Identifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,60}$")]
WebAddress = Annotated[
    str, Field(pattern=r"^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[!-~]*)?$", max_length=1000)
]
MailAddress = Annotated[
    str,
    Field(pattern=r"^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*@([a-z0-9]+\.)+[a-z]{2,20}$", max_length=200),
]
Title = Annotated[str, Field(pattern="[A-Za-z0-9]", max_length=200), AfterValidator(clean)]
Text = Annotated[str, Field(max_length=2000), AfterValidator(clean)]
Reference = Annotated[str, Field(max_length=100), AfterValidator(clean)]


class Name(Schema):
    """Something by its identifier and its name."""

    id: str
    name: str
