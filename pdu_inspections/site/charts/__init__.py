"""Charts as SVG: readable on a phone, lettered directly, described in words, with files to download."""
