"""Which parameters move which moments: elementary effects, shares of variance."""
