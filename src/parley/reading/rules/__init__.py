"""The reader by rules: no training, and every attribution names the rule that found it. `Rules` is the main name."""

from parley.reading.rules.reader import Rules

__all__ = ["Rules"]
