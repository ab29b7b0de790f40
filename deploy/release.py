"""Make a release: version, change log, wheel, source, bill of materials, checksums, commit and tag.

Run by `make release VERSION=1.2.0`. Everything lands in `dist/`; nothing leaves this machine.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
DIST = HERE / "dist"
PYPROJECT = HERE / "pyproject.toml"
FRONT = HERE / "scheduler" / "web" / "front" / "package-lock.json"

_OURS = (sys.executable, "-m")
_VERSION = re.compile(r"\d+\.\d+\.\d+((a|b|rc)\d+)?")
_LINE = re.compile(r'^version = ".*"$', re.MULTILINE)


def main(version: str) -> None:
    """Do everything, in this order; the commit and the tag come last, when all of it succeeded."""
    if not _VERSION.fullmatch(version):
        sys.exit(f"VERSION has to be like 1.2.0 or 1.2.0rc1, not {version!r}.")
    if _said("git", "status", "--porcelain"):
        sys.exit("There is work that isn't committed.")
    shutil.rmtree(DIST, ignore_errors=True)
    PYPROJECT.write_text(_LINE.sub(f'version = "{version}"', PYPROJECT.read_text(), count=1))
    _run(*_OURS, "towncrier", "build", "--yes", "--version", version)
    build()
    bill(version)
    checksums()
    _run("git", "add", "--all")
    _run("git", "commit", "--quiet", "--message", f"Release {version}")
    _run("git", "tag", "--annotate", f"v{version}", "--message", f"Aan Tafel {version}")
    print(f"Release {version} lies in {DIST.name}/, committed and tagged v{version}; now push.")


def build() -> None:
    """The wheel with its assets, its source, and the exact versions that it runs on."""
    DIST.mkdir(exist_ok=True)
    _run(sys.executable, "scheduler/web/front/build.py")
    _run(*_OURS, "build", "--no-isolation", "--outdir", DIST, ".")
    exact = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url")
    quiet = ("--no-header", "--quiet", "--constraints", "requirements.lock")
    into = ("--output-file", DIST / "runtime.lock")
    _run(*_OURS, "uv", "pip", "compile", PYPROJECT, *exact, *quiet, *into)


def bill(version: str) -> None:
    """What is in it: a CycloneDX document of every Python package and front-end asset."""
    path = DIST / f"aantafel-{version}.cdx.json"
    program = (*_OURS, "cyclonedx_py", "requirements", DIST / "runtime.lock")
    _run(*program, "--pyproject", PYPROJECT, "--output-reproducible", "--output-file", path)
    document = json.loads(path.read_text())
    document["components"] += assets()
    path.write_text(json.dumps(document, indent=2) + "\n")


def assets() -> list[dict[str, str]]:
    """The npm packages whose files we serve, as components."""
    found = json.loads(FRONT.read_text())["packages"]
    return [
        {
            "type": "library",
            "name": name,
            "version": package["version"],
            "bom-ref": f"npm/{name}",
            "purl": f"pkg:npm/{name.replace('@', '%40')}@{package['version']}",
        }
        for path, package in sorted(found.items())
        if (name := path.removeprefix("node_modules/")) and not package.get("dev")
    ]


def checksums() -> None:
    """SHA256SUMS over everything else; `sha256sum --check` reads it."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(DIST.iterdir())
    ]
    (DIST / "SHA256SUMS").write_text("".join(lines))


def _run(*words: str | Path) -> None:
    subprocess.run(list(map(str, words)), cwd=HERE, check=True)


def _said(*words: str) -> str:
    return subprocess.run(words, cwd=HERE, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    if sys.argv[1:] == ["--wheel"]:
        build()
    else:
        main(*sys.argv[1:2] or [""])
