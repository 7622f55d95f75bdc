"""Pure published formulas that several engines use: readable, numpy only."""
