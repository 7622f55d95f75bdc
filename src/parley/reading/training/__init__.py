"""How the shipped weights of readers come about, from a corpus in PolNeAR's layout. Nothing here runs while reading."""
