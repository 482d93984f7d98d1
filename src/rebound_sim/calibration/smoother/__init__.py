"""The search itself: waves of an ensemble smoother, and the choice of the sets that ship."""
