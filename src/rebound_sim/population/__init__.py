"""A basin at t = 0, from published figures."""
