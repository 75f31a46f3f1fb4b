"""Build the site into public/, or show it while it is being edited: `python build.py --help`."""

import sys
from pathlib import Path

from microsite.cli import leave, main

if __name__ == "__main__":
    leave(main(sys.argv[1:], Path(__file__).resolve().parent))
