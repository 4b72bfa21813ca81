"""Machines and the launch templates that they are started from.

What a template says holds for a machine that says nothing itself, so a machine that names a template is judged
together with it.

Source: Amazon EC2 API Reference, RunInstances, LaunchTemplate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from origins import Origins
    from resources import Resource

INSTANCE = "aws:ec2/instance:Instance"
TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
TEMPLATE_NAMES = ("launchTemplate.id", "launchTemplate.name")


def leaves_to_template(machine: Resource) -> bool:
    """Return whether a machine takes from a launch template what it does not say itself."""
    return machine.type == INSTANCE and machine.read("launchTemplate").given


def template_of(machine: Resource, templates: Origins) -> Resource | None:
    """Return the launch template of this stack that a machine names; None where it names none of them."""
    found = [one for path in TEMPLATE_NAMES for one in templates.of(machine, path).resources]
    return found[0] if found else None
