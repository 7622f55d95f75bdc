"""From an article to statements: who says what, where exactly it says so, and what kind of move it is."""
