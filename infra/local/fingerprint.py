"""What has been done already: a hash of a step's inputs, kept beside its result.

Hashes and not times, because a checkout, a container layer or a cache restores files with any time they like.
"""

import hashlib
from pathlib import Path
from typing import Iterable

_SKIPPED = {"node_modules", "dist", "__pycache__", ".git", "target"}


def of_files(files: Iterable[Path], *extra: str) -> str:
    """SHA-256 over names, contents and any further text that the result depends on."""
    total = hashlib.sha256("\0".join(extra).encode())
    for file in sorted(files):
        total.update(str(file).encode() + b"\0")
        with file.open("rb") as content:
            total.update(hashlib.file_digest(content, "sha256").digest())
    return total.hexdigest()


def files_below(folder: Path) -> list[Path]:
    """Every source file of a folder; installed and built things are left out."""
    found = []
    for path in sorted(folder.iterdir()):
        if path.name in _SKIPPED:
            continue
        found += files_below(path) if path.is_dir() else [] if path.name.endswith(".gen.ts") else [path]
    return found


def is_current(mark: Path, value: str) -> bool:
    """Whether the step whose mark this is was done with exactly these inputs."""
    return mark.is_file() and mark.read_text() == value


def keep(mark: Path, value: str) -> None:
    """Remembers that the step is done."""
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(value)
