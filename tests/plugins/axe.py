"""What axe-core, an outside judge, finds wrong with the page that a browser shows."""

from pathlib import Path

from playwright.sync_api import Page

import scheduler.web

AXE = Path(scheduler.web.__file__).parent / "front" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """tags => axe.run({runOnly: {type: 'tag', values: tags}}).then(
    found => found.violations.map(each => `${each.id}: ${each.nodes.map(n => n.target).join(' ')}`)
)"""
WIDTHS = "[document.documentElement.scrollWidth, window.innerWidth]"


def assert_accessible(page: Page) -> None:
    """Fails where WCAG 2.2 AA is broken, or the page is wider than its window."""
    page.wait_for_load_state()  # a press before may still be on its way to its page
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(RUN, TAGS) == [], page.url
    wide, window = page.evaluate(WIDTHS)
    assert wide <= window, page.url
