"""The command `rebound`."""
