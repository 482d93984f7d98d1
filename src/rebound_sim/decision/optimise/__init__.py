"""The best allocation of money between zones, instruments and dates."""
