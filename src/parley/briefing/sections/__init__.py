"""The parts of a briefing, one module each; each has a function that makes its `Section` from the `Desk`."""
