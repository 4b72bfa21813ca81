"""The rules of the pack, one file each."""
