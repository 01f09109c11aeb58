"""Take the picture of the page that README.md shows.

Usage: python docs/screenshot.py [PAGE [PICTURE [ENTITY]]]

PAGE is output/index.html unless named, PICTURE docs/page.png. ENTITY is a name or an entity's path, as in the
page's own addresses; without it the first of the page's busiest entities is selected. Needs Chromium, chromedriver
and selenium (the test group).
"""

import shutil
import sys
import tempfile
import time
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.wait import WebDriverWait

ROOT = Path(__file__).parents[1]
FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--force-prefers-reduced-motion", "--hide-scrollbars", "--window-size=1280,960"),
)


def take(page: Path, picture: Path, entity: str) -> None:
    """Open the page, select the entity and write the picture."""
    options = Options()
    options.binary_location = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with tempfile.TemporaryDirectory() as profile:
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        chrome = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        try:
            chrome.get(page.resolve().as_uri() + (f"#{entity}" if entity else ""))
            WebDriverWait(chrome, 30).until(lambda c: c.execute_script("return document.documentElement.dataset.ready") == "yes")
            if not entity:
                chrome.execute_script("if (ecograph.model.count) ecograph.select({node: 0}, {centre: true})")
            time.sleep(0.5)  # the last frame
            chrome.save_screenshot(str(picture))
        finally:
            chrome.quit()


if __name__ == "__main__":
    given = sys.argv[1:]
    take(
        Path(given[0]) if given else ROOT / "output" / "index.html",
        Path(given[1]) if len(given) > 1 else ROOT / "docs" / "page.png",
        given[2] if len(given) > 2 else "",
    )
