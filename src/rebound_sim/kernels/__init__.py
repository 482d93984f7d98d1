"""Loops over columns, one file per phase; each states what it reads, writes and draws."""
