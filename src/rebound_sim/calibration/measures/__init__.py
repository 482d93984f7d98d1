"""How moments are measured on simulated data: pure functions of arrays, one file per subject."""
