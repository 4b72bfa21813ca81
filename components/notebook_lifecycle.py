"""What each notebook does when it starts."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from components.base import PlatformComponent, platform_tags
from components.documents.scope import ISOLATION_OPTIONAL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from components.naming import Naming

SCRIPT = Path(__file__).parent / "scripts" / "notebook_on_start.sh"


@dataclass(frozen=True, kw_only=True)
class NotebookLifecycleArgs:
    """What the script needs: names, the bucket for results, and `subnet_ids` by zone id for jobs and models.

    `isolation_off` names the work whose containers may have a network, as `Scope` does; there the choice is the
    code's, as an SDK default of true would win over an argument.
    """

    naming: Naming
    results_bucket: pulumi.Input[str]
    subnet_ids: Mapping[str, pulumi.Input[str]]
    isolation_off: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.subnet_ids) < 2:
            raise ValueError(
                f"subnet_ids: {len(self.subnet_ids)} given, two or more are allowed, hosting needs two zones; give "
                "the subnets of the closed network"
            )


class NotebookLifecycle(PlatformComponent):
    """The platform's one lifecycle configuration, for the notebooks of all tenants.

    Creates: the lifecycle configuration with its on-start script.
    Guarantee: the script holds no secret and names no tenant, a notebook finds its tenant in the path of its role;
    SDK calls without further arguments run in the closed network, isolated, tagged, as the tenant's job role.
    It enforces nothing: what a tenant may override is limited by the tenant's policies.
    """

    def __init__(self, name: str, args: NotebookLifecycleArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("closed-sagemaker:workbench:NotebookLifecycle", name, {}, opts)
        self._stem = name
        self._args = args
        self._configuration = self._create_configuration()
        self.publish()

    @property
    def lifecycle_configuration_name(self) -> pulumi.Output[str]:
        """Return the name of the lifecycle configuration."""
        return self._configuration.name

    def _create_configuration(self) -> aws.sagemaker.NotebookInstanceLifecycleConfiguration:
        configuration_name = self._args.naming.lifecycle_configuration_name()
        return aws.sagemaker.NotebookInstanceLifecycleConfiguration(
            f"{self._stem}-configuration",
            name=configuration_name,
            on_start=self._on_start(),
            tags=platform_tags(configuration_name),
            opts=self.child_options(),
        )

    def _on_start(self) -> pulumi.Output[str]:
        naming, off = self._args.naming, self._args.isolation_off
        ids = pulumi.Output.all(self._args.results_bucket, *self._args.subnet_ids.values())
        return ids.apply(lambda found: encoded(on_start_script(naming, found[0], found[1:], off)))


def on_start_script(
    naming: Naming, results_bucket: str, subnet_ids: Sequence[str], isolation_off: Sequence[str] = ()
) -> str:
    """Return the script that every notebook of the platform runs as root when it starts."""
    isolated = {kind: str(kind not in isolation_off).lower() for kind in ISOLATION_OPTIONAL}
    text = SCRIPT.read_text(encoding="utf-8")
    for placeholder, value in (
        ("@REGION@", naming.region),
        ("@PREFIX@", naming.prefix),
        ("@BUCKET@", results_bucket),
        ("@SUBNETS@", ", ".join(subnet_ids)),
        ("@ISOLATE_TRAINING@", isolated["training"]),
        ("@ISOLATE_PROCESSING@", isolated["processing"]),
    ):
        text = text.replace(placeholder, value)
    return text


def encoded(script: str) -> str:
    """Return a script as the service takes it: base64, of which 16384 characters are allowed."""
    return base64.b64encode(script.encode()).decode()
