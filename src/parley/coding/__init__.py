"""From statements to claims and on to the draft of a scenario: linking, positions, review, agreement, pooling."""
