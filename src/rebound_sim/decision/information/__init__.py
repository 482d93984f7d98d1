"""What finding out is worth, in jobs and in euros."""
