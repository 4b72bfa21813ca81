"""Figures of the commands that are run all day; a benchmark, never a test."""
