"""Forecasts held against what came about: fitting, scoring and validation."""
