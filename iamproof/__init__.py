"""Decide claims about IAM policies exactly, offline."""
