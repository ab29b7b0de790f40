"""A look at the installation's health, and what to do."""

import os
import sys
from collections.abc import Mapping

from scheduler.cli.app import AsJson, Exit, app, out, said, show_json
from scheduler.cli.installation import opened, provinces, the_one
from scheduler.domain.errors import AanTafelError
from scheduler.flows.doctor import Finding, Ground, State
from scheduler.flows.doctor import examine as examined
from scheduler.flows.province.check_configuration import check_around, check_configuration
from scheduler.hosting import Hosted

_SIGNS = {State.FINE: "ok", State.WATCH: "!", State.WRONG: "X"}


@app.command()
def doctor(*, as_json: AsJson = False) -> None:
    """Look at settings, disk, database, time, mail, calendars and the log, and say what to do.

    Of several provinces all are looked at, or the one that is named. Exit code 3 where something
    doesn't work.
    """
    several = provinces()
    if several:
        by_name = {each.name: _looked_at(each) for each in several}
        _show_all(by_name, as_json=as_json)
        findings = tuple(finding for found in by_name.values() for finding in found)
    else:
        check_configuration(os.environ)
        findings = _examined(the_one())
        _show(findings, as_json=as_json)
    if any(finding.state is State.WRONG for finding in findings):
        sys.exit(Exit.ENVIRONMENT)


def _looked_at(one: Hosted) -> tuple[Finding, ...]:
    """One of several: that it can't be opened keeps nobody from looking at the others."""
    try:
        check_around(one.settings)
        return _examined(one)
    except AanTafelError as error:
        return tuple(Finding("opening", State.WRONG, each) for each in error.sentences)


def _examined(one: Hosted) -> tuple[Finding, ...]:
    with opened(one) as context:
        ground = Ground(
            settings=context.settings,
            database=context.database,
            key=context.key,
            at=context.clock(),
        )
        return examined(ground)


def _show_all(by_name: Mapping[str, tuple[Finding, ...]], *, as_json: bool) -> None:
    if as_json:
        show_json([{"province": name, "findings": found} for name, found in by_name.items()])
        return
    for name, found in by_name.items():
        out.print(f"{name}:", markup=False)
        _show(found, as_json=False)


def _show(findings: tuple[Finding, ...], *, as_json: bool) -> None:
    if as_json:
        show_json(findings)
        return
    for finding in findings:
        sign = _SIGNS[finding.state]
        out.print(f"{sign:3}{finding.subject:10} {said(finding.said)}", markup=False)
