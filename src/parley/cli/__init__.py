"""The command line: each command parses, calls one verb of the workbench, and shows what comes back. `main` runs it."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line on the arguments of the process."""
    try:
        from parley.cli.streams import prepare

        prepare()
        from parley.cli.app import app

        app(prog_name="parley")
    except KeyboardInterrupt:
        sys.exit(130)
