#!/usr/bin/env python3
"""Opens reports in headless Chromium and uses them as a reader does.

    check.py PIPELINE DATA [FOLDER]

PIPELINE is the program, DATA a folder that it wrote from testdata/articles.
With FOLDER, screenshots and a print go there. Prints a line for each check;
exits 1 at the first that fails. CHROMIUM names the browser where it is not
/usr/bin/chromium.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

WINDOWS = ["--before", "2018-03..2018-05", "--after", "2018-06..2018-12", "--min-documents", "2"]
EVIL = "</script><script>window.ran=1</script><img src=x onerror=window.ran=2><b>bold</b><!--"
ARTICLES = [
    {"id": "evil", "published": "2014-01-30", "title": EVIL, "publisher": EVIL, "url": "javascript:window.ran=3",
     "text": f"Venezuela condemned the United States {EVIL} on Wednesday. Venezuela praised Cuba."},
    {"id": "good", "published": "2014-02-06", "title": "A fair title", "publisher": "Meridian Wire",
     "url": "https://example.org/a?x=1&y=2", "text": "On Wednesday Venezuela praised the United States for its help."},
]


def must(condition, message):
    if not condition:
        sys.exit(f"FAILED: {message}")


class Reader:
    """A page and what it complained about."""

    def __init__(self, browser, path, width=1280, height=900, **options):
        self.context = browser.new_context(viewport={"width": width, "height": height}, **options)
        self.page = self.context.new_page()
        self.faults = []
        self.page.on("console", lambda m: self.faults.append(f"console: {m.text}") if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda e: self.faults.append(f"error: {e}"))
        self.page.on("dialog", lambda d: (self.faults.append(f"dialog: {d.message}"), d.dismiss()))
        self.page.on("request", lambda r: None if r.url.startswith(("file:", "data:")) else self.faults.append(f"request: {r.url}"))
        self.page.goto(Path(path).resolve().as_uri())
        self.page.wait_for_selector("#matrix-chart svg")

    def text(self, selector):
        return self.page.locator(selector).first.inner_text()

    def listed(self):
        """Dyads of the statements listed."""
        return self.page.locator("#list .head b").all_inner_texts()

    def found(self):
        """The number of tones found, as the status says."""
        return int(re.search(r"([\d,]+)(?: of|\s+tone)", self.text("#found")).group(1).replace(",", ""))

    def settle(self):
        self.page.wait_for_timeout(150)

    def close(self):
        must(not self.faults, "; ".join(self.faults))
        self.context.close()


def search(r):
    """Search and filter."""
    p = r.page
    everything = r.found()
    must(everything > 100, f"{everything} tones of the example articles")
    p.locator("[name=words]").fill("AMBASSADOR")
    r.settle()
    must(0 < r.found() < everything, "a word finds some statements")
    for item in p.locator("#list li").all():
        must("ambassador" in item.inner_text().lower(), "each statement found has the word")
    p.locator("[name=label]").select_option("hostile")
    must(all("hostile" in t for t in p.locator("#list .tone").all_inner_texts()), "each statement found has the tone")
    p.locator("[name=words]").fill("no such word anywhere")
    r.settle()
    must(r.found() == 0 and p.locator("#list li").count() == 0, "nothing is found")
    p.get_by_role("button", name="Clear").click()
    r.settle()
    must(r.found() == everything, "Clear brings everything back")
    p.locator("[name=source]").select_option("ESP")
    p.locator("[name=from]").fill("2018-05-01")
    r.settle()
    must(0 < r.found() < everything and all(d.startswith("ESP") for d in r.listed()), "actor and date")
    p.get_by_role("button", name="Clear").click()
    p.locator("[name=order]").select_option("oldest")
    dates = p.locator("#list time").all_inner_texts()
    must(dates == sorted(dates), f"oldest first: {dates}")
    p.get_by_role("button", name="Show more").click()
    must(p.locator("#list li").count() == 50, "Show more")
    p.get_by_role("button", name="Clear").click()
    r.settle()


def matrix(r):
    """A cell of the matrix shows its statements with the words they rest on."""
    p = r.page
    cell = p.get_by_role("button", name="Spain → Morocco: mean tone")
    n = int(re.search(r"(\d+) tones", cell.get_attribute("aria-label")).group(1))
    cell.click()
    r.settle()
    must(r.found() == n, f"{r.found()} statements of a cell of {n}")
    must(set(r.listed()) == {"ESP → MAR"}, f"the cell lists {set(r.listed())}")
    marks = p.locator("#list mark")
    must(marks.count() > 0, "evidence is marked")
    colours = marks.evaluate_all("marks => marks.map((m) => [m.querySelector('sup').textContent, getComputedStyle(m).backgroundColor])")
    hostile = {c for v, c in colours if v.startswith("−")}
    friendly = {c for v, c in colours if v.startswith("+")}
    must(hostile and friendly and not hostile & friendly, "evidence is coloured by valence")
    must(p.locator("#series-dyad").evaluate("s => s.selectedOptions[0].textContent").startswith("ESP → MAR"), "the series follows the cell")
    links = p.locator("#list a").evaluate_all("links => links.map((a) => [a.protocol, a.rel, a.target])")
    must(links and all(l == ["https:", "noopener noreferrer", "_blank"] for l in links), f"links to articles: {links[:3]}")


def series(r):
    """A point of a series shows its statements."""
    p = r.page
    p.locator("#series-dyad").select_option(label="ESP → MAR   Spain → Morocco")
    points = p.locator("#series-chart figure").first.locator(".points > *")
    must(points.count() > 2, "a series has points")
    must(p.locator("#series-chart figure").count() == 2, "the reverse dyad is drawn too")
    point = points.nth(1)
    label = point.get_attribute("aria-label")
    start, end, n = re.search(r", (\S+) to (\S+): .* (\d+) tones? in", label).groups()
    point.click()
    r.settle()
    must(r.found() == int(n), f"{r.found()} statements of a point of {n}: {label}")
    dates = p.locator("#list time").all_inner_texts()
    must(dates and all(start <= d <= end for d in dates), f"{dates} lie within {start} to {end}")
    must(p.locator("[name=from]").input_value() == start, "the filter shows the window")


def changes(r):
    """A row of the changes shows the statements of its dyad."""
    p = r.page
    row = p.locator("#changes-table tbody tr").first
    dyad = row.locator("button").inner_text()
    must(row.locator("svg").get_attribute("aria-label").startswith("difference "), "a row draws its interval")
    row.locator("button").click()
    r.settle()
    must(r.found() > 0 and set(r.listed()) == {dyad}, f"{dyad} lists {set(r.listed())}")


def keyboard(r):
    """All of it by keyboard."""
    p = r.page
    p.get_by_role("button", name="Clear").click()
    p.locator("#details summary").focus()
    p.keyboard.press("Enter")
    must(p.locator("#details").get_attribute("open") is not None, "Enter opens the details")

    def focused():
        return p.evaluate("document.activeElement.getAttribute('aria-label')") or ""

    for _ in range(4):  # the legend has no stop; the scrolling chart may have one
        if "mean tone" in focused():
            break
        p.keyboard.press("Tab")
    first = focused()
    must("mean tone" in first, f"Tab reaches the matrix, not {first!r}")
    must(p.locator("#matrix-readout").inner_text() == first, "the readout says what is focused")
    p.keyboard.press("ArrowDown")
    second = focused()
    must("mean tone" in second and second != first, "an arrow key goes to another cell")
    p.keyboard.press("Enter")
    r.settle()
    names = second.split(":")[0]
    must(names in r.text("#found"), f"Enter chooses {names}")
    must(p.evaluate("document.activeElement.id") == "statements", "the focus goes to the statements")


def hostile(r):
    """Articles' words stay words."""
    p = r.page
    must(p.evaluate("window.ran") is None, "no script of an article has run")
    must(p.evaluate("document.querySelectorAll('img, #list b b, #list script').length") == 0, "no markup of an article has become elements")
    p.locator("[name=words]").fill("condemned")
    r.settle()
    item = r.text("#list li")
    must(EVIL in item.replace("\n", ""), f"the article's words are shown as they are: {item}")
    must(p.locator("#list li a").count() == 0, "a javascript: address is no link")
    p.get_by_role("button", name="Clear").click()
    r.settle()
    must(p.locator("#list li a").get_attribute("href") == "https://example.org/a?x=1&y=2", "an https address is")
    must(p.evaluate("""async () => { try { await fetch("https://example.org/"); return "fetched" } catch { return "refused" } }""") == "refused", "the policy refuses the network")
    must(r.faults and all("Content Security Policy" in f or "Refused to connect" in f for f in r.faults), f"only the policy complains: {r.faults}")
    r.faults.clear()


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    pipeline, data = sys.argv[1:3]
    shots = Path(sys.argv[3]) if len(sys.argv) == 4 else None
    with tempfile.TemporaryDirectory() as temp, sync_playwright() as playwright:
        temp = Path(temp)
        (temp / "evil.jsonl").write_text("".join(json.dumps(a) + "\n" for a in ARTICLES))
        for command in (["report", data, "-o", temp / "report.html", *WINDOWS],
                        ["run", temp / "evil.jsonl", "-o", temp / "evil", "--quiet"],
                        ["report", temp / "evil", "-o", temp / "evil.html"]):
            subprocess.run([pipeline, *command], check=True, capture_output=True)
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])

        reader = Reader(browser, temp / "report.html")
        for check in (search, matrix, series, changes, keyboard):
            check(reader)
            print(f"ok: {check.__doc__}")
        reader.close()

        for width in (1280, 390):
            for scheme in ("light", "dark"):
                reader = Reader(browser, temp / "report.html", width=width, color_scheme=scheme)
                must(reader.page.evaluate("document.documentElement.scrollWidth") <= width, f"the page scrolls sideways at {width} px")
                if shots:
                    reader.page.screenshot(path=shots / f"report-{width}-{scheme}.png", full_page=True)
                if shots and width == 1280 and scheme == "light":
                    reader.page.pdf(path=shots / "report.pdf", format="A4")
                reader.close()
        print("ok: 1280 and 390 px wide, light and dark")
        if shots:
            subprocess.run([pipeline, "report", data, "-o", temp / "small.html", "--actors", "8", "--every", "month", *WINDOWS], check=True, capture_output=True)
            reader = Reader(browser, temp / "small.html", height=1350)
            reader.page.get_by_role("button", name="Spain → Morocco: mean tone").click()
            reader.page.mouse.move(0, 0)
            reader.settle()
            reader.page.evaluate("scrollTo(0, 0)")
            reader.page.wait_for_timeout(800)
            reader.page.screenshot(path=shots / "report.png")
            reader.close()

        reader = Reader(browser, temp / "evil.html")
        hostile(reader)
        reader.close()
        print(f"ok: {hostile.__doc__}")
        browser.close()


if __name__ == "__main__":
    main()
