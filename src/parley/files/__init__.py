"""What touches the user's disk: scenario files, results of runs, and the atomic writing beneath both."""
