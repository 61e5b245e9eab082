"""The static site of a release: pages that work from a folder, without script and without the network."""
