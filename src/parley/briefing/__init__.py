"""From a comparison to a briefing (`compose`), and its forms: the terminal, HTML and JSON (`document`).

Nothing is imported here: a command that shows statements needs no engine.
"""
