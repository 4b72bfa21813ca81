"""A stand-in for the Pulumi engine: runs a Pulumi program through a policy pack without a cloud and without the CLI.

It is a first-deployment check and says so: updates, state and providers belong to the real engine.
"""

from __future__ import annotations

import os

# Servers that go away with their run are no news; gRPC reads this once, when it is first imported.
os.environ.setdefault("GRPC_VERBOSITY", "ERROR")
