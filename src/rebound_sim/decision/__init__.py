"""What to do with what is known: the best allocation, what drives it, what finding out is worth."""
