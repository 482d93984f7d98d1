"""What decides an outcome, or which of two strategies is better."""
