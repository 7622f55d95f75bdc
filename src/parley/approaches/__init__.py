"""What-ifs: put an approach to draws (`apply`), lay approaches side by side (`compare`), `summarise` them."""

from parley.approaches.apply import Parts, apply, costs, parts_of, silent_effects
from parley.approaches.compare import NO_CHANGE, compare
from parley.approaches.summary import summarise

__all__ = ["NO_CHANGE", "Parts", "apply", "compare", "costs", "parts_of", "silent_effects", "summarise"]
