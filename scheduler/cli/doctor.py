"""A look at the installation's health, and what to do."""

import os
import sys

from scheduler.cli.app import AsJson, Exit, app, out, said, show_json
from scheduler.cli.installation import installation
from scheduler.flows.doctor import Finding, Ground, State
from scheduler.flows.doctor import examine as examined
from scheduler.flows.province.check_configuration import check_configuration

_SIGNS = {State.FINE: "ok", State.WATCH: "!", State.WRONG: "X"}


@app.command()
def doctor(*, as_json: AsJson = False) -> None:
    """Look at settings, disk, database, time, mail, calendars and the log, and say what to do.

    Exit code 3 where something doesn't work.
    """
    check_configuration(os.environ)
    with installation() as context:
        ground = Ground(
            settings=context.settings,
            database=context.database,
            key=context.key,
            at=context.clock(),
        )
        findings = examined(ground)
    _show(findings, as_json=as_json)
    if any(finding.state is State.WRONG for finding in findings):
        sys.exit(Exit.ENVIRONMENT)


def _show(findings: tuple[Finding, ...], *, as_json: bool) -> None:
    if as_json:
        show_json(findings)
        return
    for finding in findings:
        sign = _SIGNS[finding.state]
        out.print(f"{sign:3}{finding.subject:10} {said(finding.said)}", markup=False)
