"""What holds for all tests: properties have no time limit, and a run that is interrupted hears it.

A shell that runs the tests in the background has them ignore interrupts, and so would every process that they start.
"""

import signal

from hypothesis import settings

settings.register_profile("untimed", settings(), deadline=None)
settings.load_profile("untimed")
signal.signal(signal.SIGINT, signal.default_int_handler)
