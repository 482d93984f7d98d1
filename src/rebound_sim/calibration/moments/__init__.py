"""The table of moments, how each is measured, and the run that measures all."""
