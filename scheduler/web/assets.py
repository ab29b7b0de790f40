"""Static files: served with a long life where their address names their content."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

STATIC = Path(__file__).parent / "static"

_YEAR = 365 * 24 * 3600
_DAY = 24 * 3600
_DIGEST_LETTERS = 12


@cache
def addresses() -> Mapping[str, str]:
    """The address of every static file, by its path under `static`; read once."""
    return {
        path.relative_to(STATIC).as_posix(): _address(path)
        for path in sorted(STATIC.rglob("*"))
        if path.is_file()
    }


def _address(path: Path) -> str:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:_DIGEST_LETTERS]
    return f"/static/{path.relative_to(STATIC).as_posix()}?v={digest}"


class Assets(StaticFiles):
    """The static folder; an address with a digest never changes its content."""

    def __init__(self) -> None:
        """Serve `static`; what `make setup` puts in `vendor` may be a link elsewhere."""
        super().__init__(directory=STATIC, follow_symlink=True)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with how long it may be kept."""
        response = await super().get_response(path, scope)
        lasts = b"v=" in scope["query_string"]
        life = f"max-age={_YEAR}, immutable" if lasts else f"max-age={_DAY}"
        response.headers["Cache-Control"] = f"public, {life}"
        return response
