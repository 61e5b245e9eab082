"""Attacks on a project and its warehouse from outside: signals, edits, damage, environments, hooks, growth."""
