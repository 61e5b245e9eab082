"""How the reader fares on reports it has not seen: other figures and habits, damage, and what it costs."""
