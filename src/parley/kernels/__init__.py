"""Compiled twins of formulas: arrays in, arrays out; they know nothing of parley."""
