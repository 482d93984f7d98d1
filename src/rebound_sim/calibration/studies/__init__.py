"""Simulated runs that moments are measured on, one study per file."""
