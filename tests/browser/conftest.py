"""A real browser at a real server with a real database.

``page`` is a page at desk width; it fails its test when the content security policy is broken or a script fails.
``live`` is the server; ``sign_in(user)``; ``axe(page)``; ``picture(page, name)``; ``phone(page)``.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from throughline.core.access.models import User
from tools.browser import found

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "build" / "pictures"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
FLAGS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
# Everything that a strict reader would hold against a page.
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_TELL = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile ?? ""}`);
});
"""

# Playwright keeps an event loop in the test's thread; Django would take that for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test here: they need a browser."""
    for item in items:
        if Path(__file__).parent in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)


def _missing(what: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"{what}, and CI must run every browser test")
    pytest.skip(f"{what}: run make setup, and python tools/browser.py")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    path = found()
    if not path or not shutil.which(path):
        _missing("there is no Chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def live(live_server: Any, settings: Any) -> str:
    """The address of a running Throughline."""
    if not (ROOT / "throughline" / "web" / "static" / "vendor" / "htmx.min.js").exists():
        _missing("the pages' styles and scripts are not built")
    # So that a page that fails says so as in production, and not with a traceback.
    settings.DEBUG = False
    return str(live_server.url)


@pytest.fixture
def context(browser: Browser, live: str) -> Iterator[BrowserContext]:
    """A browser that has never been here before."""
    opened = browser.new_context(base_url=live, viewport=DESK, locale="en-GB", timezone_id="Europe/London")
    opened.add_init_script(_TELL)
    opened.set_default_timeout(15_000)
    yield opened
    opened.close()


@pytest.fixture
def troubles(context: BrowserContext) -> Iterator[list[str]]:
    """What pages complained of. A test that expects some empties the list; what is left fails it."""
    heard: list[str] = []

    def listen(page: Page) -> None:
        page.on("pageerror", lambda error: heard.append(f"script: {error}"))
        page.on(
            "console", lambda said: heard.append(said.text) if "content security policy" in said.text.lower() else None
        )

    context.on("page", listen)
    yield heard
    assert not heard, "the browser complained: " + "; ".join(heard)


@pytest.fixture
def page(context: BrowserContext, troubles: list[str]) -> Page:
    """A page at desk width."""
    return context.new_page()


@pytest.fixture
def sign_in(context: BrowserContext, live: str) -> Callable[[User], None]:
    """Sign a user in without the form (test_sign_in.py tests the form)."""

    def signed_in(user: User) -> None:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": live}])

    return signed_in


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Fail with every accessibility fault that axe finds on the page as it stands."""
    if not AXE.exists():
        _missing("axe-core is not installed")
    source = AXE.read_text(encoding="utf-8")

    def check(page: Page) -> None:
        page.evaluate(source)
        found_: dict[str, Any] = page.evaluate(
            "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", _TAGS
        )
        faults = [
            f"{one['id']} ({one['impact']}): {one['help']}: {node['html'][:160]} | {node.get('failureSummary', '')}"
            for one in found_["violations"]
            for node in one["nodes"][:5]
        ]
        assert not faults, f"{page.url}:\n" + "\n".join(faults)

    return check


@pytest.fixture
def phone() -> Callable[[Page], None]:
    """Make the page as wide as a phone."""
    return lambda page: page.set_viewport_size(PHONE)  # type: ignore[arg-type]


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Keep the whole page as a picture at desk and phone width, in build/pictures. No page scrolls sideways."""

    def taken(page: Page, name: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.evaluate("document.fonts.ready.then(() => true)")
        for width, size in (("desk", DESK), ("phone", PHONE)):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True, animations="disabled")
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{name} is {wide} pixels too wide at {width} width"
        page.set_viewport_size(DESK)  # type: ignore[arg-type]

    return taken
