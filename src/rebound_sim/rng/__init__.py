"""Addressed random draws: a draw is a pure function of where it is used."""
