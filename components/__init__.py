"""The parts of the platform, one file per part that can be pointed at on the diagram."""
