"""Cases of the images that machines start from."""

from __future__ import annotations

from typing import Any

from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, PackResource, absent, fails, passes, unknown
from tests.policy_pack.machine_baselines import OF_AWS, instance, launch_template


def from_template(**changes: Any) -> PackResource:
    """A machine that is started from a launch template."""
    return instance(**{"launchTemplate": {"id": UNKNOWN, "version": "$Latest"}, **changes})


CASES: dict[str, list[Case]] = {
    "ec2-machine-starts-from-an-image-of-aws": [
        passes("a parameter of AWS", instance()),
        passes("a parameter of AWS in a template", launch_template(imageId=OF_AWS)),
        passes(
            "a listed image",
            instance(ami="ami-0fedcba9876543210"),
            options={"allowedImages": ["ami-0fedcba9876543210"]},
        ),
        passes("the template says", from_template(ami=ABSENT)),
        fails("an image of somebody", "ami names an image", instance(ami="ami-0fedcba9876543210")),
        fails("in a template", "imageId names an image", launch_template(imageId="ami-0fedcba9876543210")),
        fails("a parameter of somebody", "imageId names an image", launch_template(imageId="resolve:ssm:/own/image")),
        fails("beside a template", "ami names an image", from_template(ami="ami-0fedcba9876543210")),
        absent("nobody names one", "ami is absent", instance(ami=ABSENT)),
        absent("whoever starts a machine from it names one", None, launch_template(imageId=ABSENT)),
        unknown("whose it is cannot be said", "ami is not known", instance(ami=UNKNOWN)),
        unknown("in a template", "imageId is not known", launch_template(imageId=UNKNOWN)),
    ],
}
