"""Superset over the published file: the dashboard as readable files, its import bundle, a server on this machine."""
