"""What a search of parameters works on: priors and targets, simulated points, distances."""
