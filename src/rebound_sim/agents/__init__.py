"""Mesa agents: views over rows, and state agents that really decide."""
