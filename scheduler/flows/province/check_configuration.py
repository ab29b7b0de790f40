"""Look through everything in `config/` before anything is started with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from scheduler.domain.errors import BadInput, Sentence
from scheduler.legal import LegalClock, read_legal
from scheduler.policy import PlanningPolicy, read_policy
from scheduler.provinces import ProvinceFacts, read_province
from scheduler.settings import CONFIG, Settings

T = TypeVar("T")

# Faulty settings don't keep the province from being looked through.
_PROVINCE, _USUAL = "AANTAFEL_PROVINCE_NAME", "drenthe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """Everything that `config/` and the environment say, found to be sound."""

    settings: Settings
    policy: PlanningPolicy
    legal: tuple[LegalClock, ...]
    province: ProvinceFacts

    @property
    def summary(self) -> Sentence:
        """What there is, in one sentence."""
        facts = self.province
        name, tables = facts.province.name, len(facts.tables)
        towns, parties = len(facts.municipalities), len(facts.organisations)
        return Sentence(
            f"De instellingen kloppen: {name}, {towns} gemeenten, {parties} huurdersorganisaties, "
            f"{tables} overlegtafels en {len(self.legal)} wettelijke termijnen.",
            f"The configuration is sound: {name}, {towns} municipalities, {parties} tenant "
            f"organisations, {tables} tables and {len(self.legal)} legal terms.",
        )


def check_configuration(environment: Mapping[str, str], config: Path = CONFIG) -> Configuration:
    """Read settings, policy, legal terms and the province.

    Args:
        environment: the variables that overrule the settings.
        config: the folder with `default.toml`, `policy.toml`, `legal.toml` and `provinces/`.

    Raises:
        BadInput: every fault in all of them at once.
    """
    faults: list[Sentence] = []
    settings = _attempt(lambda: Settings.read(environment, config / "default.toml"), faults)
    return _checked(settings, environment.get(_PROVINCE, _USUAL), config, faults)


def check_around(settings: Settings, config: Path = CONFIG) -> Configuration:
    """Read what belongs to settings that are sound: policy, legal terms and the province.

    Raises:
        BadInput: every fault in all of them at once.
    """
    return _checked(settings, settings.province.name, config, [])


def _checked(
    settings: Settings | None, name: str, config: Path, faults: list[Sentence]
) -> Configuration:
    own = settings.policy_file if settings and settings.planning.policy else None
    policy = _attempt(lambda: read_policy(own or config / "policy.toml"), faults)
    legal = _attempt(lambda: read_legal(config / "legal.toml"), faults)
    named = settings.province.name if settings else name
    facts = _attempt(lambda: read_province(config / "provinces" / named), faults)
    if faults or settings is None or policy is None or legal is None or facts is None:
        raise BadInput(*faults)
    return Configuration(settings=settings, policy=policy, legal=legal, province=facts)


def _attempt(read: Callable[[], T], faults: list[Sentence]) -> T | None:
    try:
        return read()
    except BadInput as error:
        faults.extend(error.sentences)
        return None
