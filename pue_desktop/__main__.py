"""`python -m pue_desktop`: hands the arguments to the command line."""

import sys

from pue_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
