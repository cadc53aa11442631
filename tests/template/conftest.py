"""Lets the tests import their neighbours and the local runner's modules."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "infra/local"), str(HERE.parents[1] / "infra")]
