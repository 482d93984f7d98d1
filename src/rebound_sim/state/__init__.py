"""The state: columns declared once, allocated once, checked against the laws."""
