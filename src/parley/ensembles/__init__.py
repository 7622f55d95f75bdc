"""Many draws of a scenario, and every engine's answers for them: `draw`, `run`."""

from parley.ensembles.draws import draw
from parley.ensembles.run import CHUNK, run, run_each
from parley.ensembles.sensitivity import Influence, leading_judgements

__all__ = ["CHUNK", "Influence", "draw", "leading_judgements", "run", "run_each"]
