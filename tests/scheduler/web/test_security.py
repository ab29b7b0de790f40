"""What protects everybody at once: headers, forms, outgoing connections, and the list of it all."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import calendars
import scheduler
import solver
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.terms import Role
from scheduler.web.doors import DOORS, EVERYBODY, SECOND_STEP

REPOSITORY = Path(scheduler.__file__).parent.parent
PACKAGES = [Path(each.__file__ or "").parent for each in (scheduler, calendars, solver)]
WEB = REPOSITORY / "scheduler" / "web"

GUARDED = {
    "calendars/stores/guard.py": "the guard itself: it looks names up",
    "calendars/stores/web.py": "opens only what the guard has approved and pinned",
    "calendars/stores/discovery.py": "asks DNS, and the guard before it goes anywhere",
    "calendars/stores/caldav.py": "speaks through web.py's connections",
    "calendars/stores/dav_faults.py": "names of errors",
    "scheduler/mail/smtp.py": "the mail server of the settings",
    "scheduler/mail/mailbox.py": "the mailbox of the settings",
    "scheduler/clamd.py": "the virus scanner of the settings",
    "scheduler/cli/serve.py": "listens; opens nothing",
    "scheduler/flows/outside/holder.py": "this machine's own name",
}
OWN_CHILDREN = {"solver/search/mip.py", "solver/search/scip.py"}
"""What the solver's own child processes say to it; nothing from outside."""

NETWORK = re.compile(
    r"^(urllib\.request|http\.client|httpx2?|requests|niquests|aiohttp|socket|smtplib|imaplib"
    r"|ftplib|telnetlib|caldav|dns|paramiko)(\.|$)"
)


def modules() -> Iterator[tuple[str, ast.Module]]:
    for package in PACKAGES:
        for path in sorted(package.rglob("*.py")):
            if "node_modules" not in path.parts:
                name = path.relative_to(REPOSITORY).as_posix()
                yield name, ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (each.name for each in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module


def called(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def test_every_test_that_the_list_names_exists() -> None:
    named = set(
        re.findall(
            r"`(tests/[^`]+)`", (REPOSITORY / "docs/security.md").read_text(encoding="utf-8")
        )
    )
    missing = []
    for each in sorted(named):
        path, _, name = each.partition("::")
        there = (REPOSITORY / path).is_file()
        source = (REPOSITORY / path).read_text(encoding="utf-8") if there else ""
        if not there or (name and not re.search(rf"^def {name}\(", source, re.MULTILINE)):
            missing.append(each)
    assert missing == []
    assert len(named) > 60


def test_only_guarded_modules_open_connections() -> None:
    found = {name for name, tree in modules() if any(map(NETWORK.match, imported(tree)))}
    assert found == set(GUARDED)


def test_nothing_dangerous_is_called() -> None:
    dangerous = {
        "eval",
        "exec",
        "compile",
        "os.system",
        "os.popen",
        "pickle.loads",
        "marshal.loads",
    }
    found = [
        f"{name}: {what}"
        for name, tree in modules()
        for what, call in called(tree)
        if what in dangerous or any(each.arg == "shell" for each in call.keywords)
    ]
    assert found == []
    reading = {
        name for name, tree in modules() if {"pickle", "marshal", "shelve"} & set(imported(tree))
    }
    assert reading <= OWN_CHILDREN


def test_no_sql_is_put_together_from_texts() -> None:
    found = [
        name
        for name, tree in modules()
        for what, call in called(tree)
        if name.startswith("scheduler/db") and what == "text" and _holds_a_name(call.args[0])
    ]
    # A sequence's number counted by ourselves, and a query out of two constants.
    assert found == ["scheduler/db/cluster.py", "scheduler/db/dump.py"]


def test_no_expression_is_made_of_input() -> None:
    found = [
        f"{name}: {ast.unparse(call)}"
        for name, tree in modules()
        for what, call in called(tree)
        if what == "re.compile" and any(_holds_a_name(each) for each in call.args[:1])
    ]
    assert [each for each in found if "doors.py" not in each] == []


def _holds_a_name(node: ast.expr) -> bool:
    """Whether anything but constants, and names in capitals, is in it."""
    names = (each.id for each in ast.walk(node) if isinstance(each, ast.Name))
    return any(not name.strip("_").isupper() for name in names)


def test_secrets_never_come_from_a_predictable_source() -> None:
    for path in ("domain/secrets.py", "domain/ids.py", "keyring.py", "flows/access"):
        where = REPOSITORY / "scheduler" / path
        for file in [where] if where.is_file() else where.rglob("*.py"):
            names = set(imported(ast.parse(file.read_text(encoding="utf-8"))))
            assert "random" not in names, file


def test_no_template_switches_escaping_off() -> None:
    found = [
        path.name
        for path in (WEB / "templates").rglob("*.html")
        if re.search(r"\|\s*safe\b|autoescape\s+false", path.read_text(encoding="utf-8"))
    ]
    unsafe = [name for name, tree in modules() if any("Markup" in what for what, _ in called(tree))]
    assert unsafe == []
    assert set(found) <= {"postbus_mail.html", "publish_letters.html", "publish_mail.html"}, found


def test_no_page_loads_anything_from_elsewhere() -> None:
    loading = re.compile(
        r"""(?:src|srcset|action|poster)=["']https?:|<link[^>]+href=["']https?:|url\(\s*["']?https?:"""
    )
    files = [*(WEB / "templates").rglob("*.html"), *(WEB / "static" / "css").glob("*.css")]
    assert [path.name for path in files if loading.search(path.read_text(encoding="utf-8"))] == []


def test_scripts_keep_nothing_in_the_browser() -> None:
    for path in (WEB / "static" / "js").glob("*.js"):
        script = path.read_text(encoding="utf-8")
        assert not re.search(
            r"localStorage|sessionStorage|indexedDB|document\.cookie|eval\(", script
        )


def test_every_dependency_is_pinned_by_its_digest() -> None:
    lock = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
    pinned = re.findall(r"^[a-z0-9][^\s=]*==\S+.*$", lock, re.MULTILINE)
    assert len(pinned) > 50
    assert all(each.rstrip().endswith("\\") for each in pinned)
    assert "index-url" not in lock


HEADERS = {
    "content-security-policy",
    "cross-origin-embedder-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "referrer-policy",
    "x-content-type-options",
}
KINDS = (
    "/",
    "/hulp",
    "/bestaat-niet",
    "/healthz",
    "/static/icon.svg",
    "/feeds/x/y.ics",
    "/dav/",
    "/api/v1/requests",
    "/inloggen/x",
)


@pytest.mark.parametrize("path", KINDS)
def test_every_header_that_protects_is_on_every_kind_of_answer(
    coordinator: TestClient, path: str
) -> None:
    headers = coordinator.get(path).headers
    assert set(headers) >= HEADERS
    policy = headers["content-security-policy"]
    wanted = (
        "default-src 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
    assert all(each in policy for each in (*wanted, "form-action 'self'"))
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize("path", KINDS)
def test_no_other_origin_reads_our_answers(coordinator: TestClient, path: str) -> None:
    answer = coordinator.get(path, headers={"origin": "https://kwaad.example"})
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("path", KINDS)
def test_every_kind_of_answer_names_its_kind(coordinator: TestClient, path: str) -> None:
    answer = coordinator.get(path)
    if answer.content:
        kind = answer.headers["content-type"]
        assert not kind.startswith("text/") or "charset=utf-8" in kind.lower()


@pytest.mark.parametrize(
    "path", ["/", "/inloggen", "/healthz", "/static/icon.svg", "/feeds/x/y.ics"]
)
def test_trace_is_no_method_of_ours(coordinator: TestClient, path: str) -> None:
    assert coordinator.request("TRACE", path).status_code in {404, 405}


CHANGING = sorted(
    door.removeprefix("POST ")
    for door in EVERYBODY.union(SECOND_STEP, *DOORS.values())
    if door.startswith("POST ")
)
FOREIGN = (
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": "https://kwaad.example"},
)


@pytest.mark.parametrize("headers", FOREIGN, ids=["cross", "neighbour", "origin"])
def test_no_page_does_what_another_site_sends(
    coordinator: TestClient, headers: dict[str, str]
) -> None:
    for path in CHANGING:
        address = re.sub(r"{[a-z_]+}", "1", path)
        answer = coordinator.post(address, headers=headers)
        assert answer.status_code == 403, path
        assert "andere website" in answer.text, path


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static//etc/passwd",
        "/static/%00",
        "/static/",
        "/static/css",
    ],
)
def test_static_files_never_leave_their_folder(
    browser: Callable[..., TestClient], path: str
) -> None:
    answer = browser().get(path)
    assert answer.status_code == 404
    assert "create_app" not in answer.text


def test_signing_out_clears_what_the_browser_kept(coordinator: TestClient) -> None:
    answer = coordinator.post("/uitloggen", follow_redirects=False)
    assert '"cache"' in answer.headers["clear-site-data"]


def test_who_is_refused_stands_in_the_log(
    signed_in: Callable[[Actor], TestClient], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="aantafel")
    signed_in(Actor(Role.REPRESENTATIVE, "r12")).get("/gegevens")
    assert "refused: representative at GET /gegevens" in caplog.text
    assert "signed in: representative" in caplog.text
    assert "r12" not in caplog.text


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "kwaad.example"},
        {"x-forwarded-host": "kwaad.example"},
        {"x-original-url": "/gegevens"},
        {"x-rewrite-url": "/gegevens"},
        {"x-http-method-override": "DELETE"},
        {"x-user-id": "coordinator"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_no_header_leads_astray(
    browser: Callable[..., TestClient], headers: dict[str, str]
) -> None:
    client = browser()
    page = client.get("/inloggen", headers=headers)
    assert page.status_code == 200
    assert "kwaad.example" not in page.text
    assert (
        client.get("/gegevens", headers=headers, follow_redirects=False).headers["location"]
        == "/inloggen"
    )


@pytest.mark.parametrize("token", ["", "x" * 10_000, "../..", "%00", "' OR 1=1 --", "null", "é"])
def test_a_made_up_session_opens_nothing(browser: Callable[..., TestClient], token: str) -> None:
    sent = token.encode("utf-8")
    answer = browser().get("/", headers={b"cookie": b"aantafel=" + sent}, follow_redirects=False)
    assert answer.headers["location"] == "/inloggen"


def test_a_link_that_was_used_opens_nothing_again(
    browser: Callable[..., TestClient], link: Callable[..., str]
) -> None:
    path = link(COORDINATOR)
    browser().post(path)
    for method in ("GET", "POST"):
        answer = browser().request(method, path)
        assert answer.status_code == 410
        assert "set-cookie" not in answer.headers
