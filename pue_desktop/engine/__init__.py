"""The science and the files. Nothing in this package may import Qt."""
