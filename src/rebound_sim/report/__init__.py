"""The evaluation report of a comparison, as PDF and HTML, and the statistics tables for people."""
