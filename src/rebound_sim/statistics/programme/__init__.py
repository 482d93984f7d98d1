"""Statistics of comparisons: strategies over the same zones and the same luck."""
