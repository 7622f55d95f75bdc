"""The nouns: frozen dataclasses that say what they mean and check themselves; no I/O, no algorithms."""
