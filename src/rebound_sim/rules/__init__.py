"""The economics: one decision per function, scalar and pure. A rule never draws."""
