"""How the reader fares on reports that it has not seen: other figures and print styles, and damage."""
