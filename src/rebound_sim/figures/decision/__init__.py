"""Figures of decisions: worlds, optimal plans, drivers, and what finding out is worth."""
