"""Numbers in addresses and forms, as far as the database can hold them."""

from typing import Annotated

from fastapi import Path, Query
from pydantic import Field

_BEYOND = 2**31

Number = Annotated[int, Path(ge=1, lt=_BEYOND)]
"""A number in an address."""

PageNumber = Annotated[int, Query(ge=1, lt=_BEYOND)]
"""Which page of a long list, from 1."""

OptionalNumber = Annotated[int, Field(ge=1, lt=_BEYOND)] | None
"""A number that may be left out."""
