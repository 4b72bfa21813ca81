"""Write `settings/instance_types.json`: the instance types that SageMaker's API model knows, by kind of work."""

from __future__ import annotations

import json
from pathlib import Path

import botocore  # type: ignore[import-untyped]  # botocore ships no types
import botocore.session  # type: ignore[import-untyped]  # botocore ships no types

LIST = Path(__file__).resolve().parents[1] / "settings" / "instance_types.json"
SHAPES = {
    "notebook": "InstanceType",
    "training": "TrainingInstanceType",
    "processing": "ProcessingInstanceType",
    "transform": "TransformInstanceType",
    "hosting": "ProductionVariantInstanceType",
}


def content() -> str:
    """Return the list as the file holds it."""
    model = botocore.session.Session().get_service_model("sagemaker")
    types = {kind: sorted(model.shape_for(shape).enum) for kind, shape in SHAPES.items()}
    source = f"botocore {botocore.__version__}, API model of Amazon SageMaker"
    return json.dumps({"source": source, "types": types}, indent=1) + "\n"


if __name__ == "__main__":
    LIST.write_text(content(), encoding="utf-8")
