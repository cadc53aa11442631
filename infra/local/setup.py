"""Sets up a fresh machine: Debian packages, the Python environment, the site's node modules.

Runs with the system's Python and nothing else, since it makes everything else. Each part is skipped when its inputs
have not changed, so the second call takes a blink.

    python3 infra/local/setup.py [run | test | bench]
"""

import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import fingerprint  # noqa: E402
from progress import Failure, run, say  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"

# What each purpose needs beyond Rust and Node; a purpose needs all that come before it.
PACKAGES = {
    # The fax engine of the carrier sandbox is C (clang for its headers, libtiff for its pages); objdump checks glibc.
    "run": ["binutils", "clang", "gcc", "libc6-dev", "libclang-dev", "libtiff-dev", "make", "pkg-config", "python3-venv"],
    # A real browser, an independent fax receiver, and independent readers of what we write.
    "test": ["chromium", "efax", "fonts-dejavu-core", "libtiff-tools", "poppler-utils", "qpdf"],
    # What we measure ourselves against.
    "bench": ["ghostscript", "mupdf-tools", "tesseract-ocr", "tesseract-ocr-deu", "tesseract-ocr-eng"],
}
OLDEST = {"node": (20, 19), "cargo": (1, 95)}


def wanted_packages(purpose: str) -> list[str]:
    """The Debian packages for a purpose, those of the simpler purposes included."""
    names = list(PACKAGES)
    return [package for name in names[: names.index(purpose) + 1] for package in PACKAGES[name]]


def missing_packages(wanted: list[str]) -> list[str]:
    """Those of the wanted packages that dpkg does not know as installed."""
    listed = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *wanted], capture_output=True, text=True
    ).stdout
    installed = {line.split()[0] for line in listed.splitlines() if line.endswith(" installed")}
    if _venv_works():
        installed.add("python3-venv")
    return [package for package in wanted if package not in installed]


def _venv_works() -> bool:
    """A Python that did not come from Debian brings its own venv."""
    return subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True).returncode == 0


def install_packages(purpose: str) -> None:
    """Installs what is missing, or says exactly what to type."""
    wanted = wanted_packages(purpose)
    if not shutil.which("dpkg-query"):
        say(f"not a Debian system; this is expected to be there: {' '.join(wanted)}")
        return
    missing = missing_packages(wanted)
    if not missing:
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() == 0:
        prefix = []
    elif shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        prefix = ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"]
    else:
        raise Failure(f"packages are missing; please type:\n\n    sudo {' '.join(install)}\n")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    run("reading Debian's package lists", [*prefix, "apt-get", "update"], quiet=True, env=environment)
    run(f"installing {len(missing)} Debian packages: {' '.join(missing)}", [*prefix, *install], quiet=True, env=environment)


def check_tools() -> None:
    """Rust and Node are the developer's own; too old a one is named before it fails in a stranger way."""
    for tool, oldest in OLDEST.items():
        need = ".".join(map(str, oldest))
        if not shutil.which(tool):
            raise Failure(f"{tool} is missing; version {need} or newer is needed")
        answer = subprocess.run([tool, "--version"], capture_output=True, text=True).stdout
        found = tuple(map(int, re.findall(r"\d+", answer)[:2]))
        if found < oldest:
            raise Failure(f"{tool} is {answer.strip()}; version {need} or newer is needed")


def make_venv() -> None:
    """The pinned Python packages, in .venv."""
    requirements = ROOT / "infra/local/requirements.txt"
    value = fingerprint.of_files([requirements], platform.python_version(), str(ROOT))
    mark = VENV / ".requirements"
    if fingerprint.is_current(mark, value):
        return
    run("making the Python environment", [sys.executable, "-m", "venv", VENV], quiet=True)
    run(
        "installing the emulator, the SAM command line and the linters (about a minute)",
        [VENV / "bin/pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check", "-r", requirements],
        quiet=True,
    )
    fingerprint.keep(mark, value)


def install_node_modules() -> None:
    """The site's pinned packages, in web/node_modules."""
    lock = ROOT / "web/package-lock.json"
    value = fingerprint.of_files([lock], str(ROOT))
    mark = ROOT / "web/node_modules/.installed"
    if fingerprint.is_current(mark, value):
        return
    run("installing the site's packages", ["npm", "ci", "--no-audit", "--no-fund"], quiet=True, cwd=ROOT / "web")
    fingerprint.keep(mark, value)


def main() -> None:
    """Does all parts for the purpose named on the command line."""
    purpose = sys.argv[1] if len(sys.argv) > 1 else "run"
    install_packages(purpose)
    check_tools()
    make_venv()
    install_node_modules()


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"set-up: {failure}")
