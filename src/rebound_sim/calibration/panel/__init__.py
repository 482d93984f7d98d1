"""Zones from dates in the past, real and simulated side by side: spread, persistence, coverage."""
