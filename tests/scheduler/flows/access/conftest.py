"""The post office of the small province, and its seals."""

import pytest

from scheduler.domain.sealing import Seal
from scheduler.domain.secrets import SecretKey
from scheduler.flows.access.second.program import SEALED_FOR
from scheduler.mail import Office
from scheduler.settings import Settings

KEY = SecretKey(b"k" * 32)


@pytest.fixture
def office() -> Office:
    return Office.of(Settings.read({}), KEY)


@pytest.fixture
def seal() -> Seal:
    return Seal(KEY, SEALED_FOR)
