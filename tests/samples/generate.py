"""Makes the project's own sample documents: `python generate.py FOLDER`.

Everything is drawn from words and numbers in these files, so that the project has documents to show and to test with
that nobody else owns. Equal input makes equal files: no clock, no chance. `FOLDER` gets the documents a sender might
have, `FOLDER/traps` those that somebody hostile or unlucky might.
"""

import sys
from pathlib import Path

import letters
import pictures
import reports
import traps


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: generate.py FOLDER")
    folder = Path(sys.argv[1])
    (folder / "traps").mkdir(parents=True, exist_ok=True)
    for module in (letters, reports, pictures):
        for name, make in module.SAMPLES.items():
            (folder / name).write_bytes(make())
    for name, make in traps.SAMPLES.items():
        (folder / "traps" / name).write_bytes(make())


if __name__ == "__main__":
    main()
