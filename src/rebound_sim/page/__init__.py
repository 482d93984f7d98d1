"""A results folder as one page to explore, that opens from a disk and needs nothing else."""
