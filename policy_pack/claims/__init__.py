"""The claims: one file each, named after its id; `claim` says how to write one."""
