"""Retakes every picture of the README and of the guide from the example campaign, in a real browser.

Needs Chromium. The example is played in a scratch folder and served on a free port; nothing else is touched.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs/images"
SLUG = "cinq-questions-aux-listes-du-val-darvigne"
PUBLIC = f"/campagnes/{SLUG}"
COURVALLE = f"{PUBLIC}/ZZ101-courvalle-sur-arvigne"
INBOX = f"/bureau/reponses/campagne/{SLUG}"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

DOOR = "ouvrir sa page de réponse"

# name: address, account (or ""), whether the whole page, link to follow first
SHOTS: dict[str, tuple[str, str, bool, str]] = {
    "comparateur": (f"{COURVALLE}/", "", False, ""),
    "comparateur-entier": (f"{COURVALLE}/", "", True, ""),
    "lettre": (f"{COURVALLE}/listes/un-cap-pour-courvalle/", "", False, ""),
    "question": (f"{PUBLIC}/questions/3/", "", False, ""),
    "campagne": (f"{PUBLIC}/", "", False, ""),
    "visite": ("/visite/", "", True, ""),
    "bureau": ("/bureau/", "jeanne", False, ""),
    "bureau-campagne": (f"/bureau/campagnes/{SLUG}/", "jeanne", False, ""),
    "reponses": (f"{INBOX}/", "jeanne", False, ""),
    "a-rattacher": (f"{INBOX}/a-rattacher/", "jeanne", False, ""),
    "recevoir": (f"{INBOX}/recevoir/fichiers/", "jeanne", False, ""),
    "relire": (f"{INBOX}/", "salome", False, "Les Forges solidaires"),
    "publier": (f"{INBOX}/publier/ZZ102/", "jeanne", False, ""),
    "qualite": ("/bureau/reponses/lecture/", "jeanne", False, ""),
    "chiffres": (f"/bureau/campagnes/{SLUG}/chiffres/", "jeanne", False, ""),
    "pages-de-reponse": (f"{INBOX}/pages/", "jeanne", False, ""),
    "egalite": (f"{COURVALLE}/egalite/", "", False, ""),
    "repondre": ("/visite/", "", False, DOOR),
    "journal": ("/bureau/collectifs/collectif-le-seuil/journal/", "jeanne", False, ""),
}


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def serve(home: str, port: int) -> subprocess.Popen[bytes]:
    command = Path(sys.executable).parent / "plaidoyer"
    process = subprocess.Popen([str(command), "demo", "--port", str(port)], env=os.environ | {"PLAIDOYER_HOME": home}, stdout=subprocess.DEVNULL)
    for _ in range(240):
        time.sleep(0.5)
        try:
            urllib.request.urlopen(f"http://localhost:{port}/", timeout=2)
        except OSError:
            continue
        return process
    raise SystemExit("The example did not start within two minutes.")


def enter(page: Page, site: str, name: str) -> None:
    page.context.clear_cookies()
    if name:
        page.goto(f"{site}/compte/connexion/")
        page.fill("input[type=email]", f"{name}@leseuil.example")
        page.fill("input[type=password]", "essai-plaidoyer")
        page.keyboard.press("Enter")
        page.wait_for_url("**/bureau/**")


def shoot(page: Page, site: str, name: str, width: int) -> None:
    address, account, whole, link = SHOTS[name]
    enter(page, site, account)
    page.goto(site + address)
    if link == DOOR:
        page.get_by_role("link", name=link).click()
        page.get_by_role("button", name="Ouvrir la page").click()
    elif link:
        page.goto(site + str(page.get_by_role("link", name=link).first.get_attribute("href")) + "relire/")
    page.wait_for_load_state("networkidle")
    suffix = "" if width == 1280 else f"-{width}"
    page.screenshot(path=IMAGES / f"{name}{suffix}.png", full_page=whole)
    too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    print(f"{name:<22} {width:>5} px{'  TOO WIDE by ' + str(too_wide) if too_wide > 0 else ''}")


def main(wanted: list[str]) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as browsers:
        port = free_port()
        process = serve(home, port)
        try:
            browser = browsers.chromium.launch(executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=FLAGS)
            for width, height in ((1280, 860), (390, 844)):
                page = browser.new_page(viewport={"width": width, "height": height})
                for name in wanted or SHOTS:
                    shoot(page, f"http://localhost:{port}", name, width)
            browser.close()
        finally:
            process.terminate()
            process.wait(10)


if __name__ == "__main__":
    main(sys.argv[1:])
