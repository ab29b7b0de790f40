"""Which browser somebody sees in the list of their own."""

import pytest

from scheduler.domain.clients import browser_of

AGENTS = {
    "Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/140 Safari/537.36 Edg/140": "Edge, Windows",
    "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/140 Mobile Safari/537.36": (
        "Chrome, Android"
    ),
    "Mozilla/5.0 (iPad; CPU OS 19_0 like Mac OS X) AppleWebKit/605 Version/19 Safari/604": (
        "Safari, iPad"
    ),
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0": "Firefox, Linux",
    "": "Browser",
    "curl/8": "Browser",
}


@pytest.mark.parametrize("agent", list(AGENTS), ids=range(len(AGENTS)))
def test_a_browser_is_named_by_its_kind_and_device(agent: str) -> None:
    assert browser_of(agent) == AGENTS[agent]
