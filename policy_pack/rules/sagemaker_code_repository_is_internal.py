"""A repository on a foreign host is code that nobody here has seen, and a place to push data to.

Names of repositories are fine: each is a resource of its own, whose address is judged here too.

Source: SageMaker API Reference, CreateNotebookInstance, DefaultCodeRepository and AdditionalCodeRepositories;
CreateCodeRepository, GitConfig.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import stack_config
from rule import Kind, Rule, Severity, Undecided, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

REPOSITORIES = "jupyterLabAppSettings.codeRepositories[].repositoryUrl"
PLACES: dict[str, tuple[str, ...]] = {
    "aws:sagemaker/codeRepository:CodeRepository": ("gitConfig.repositoryUrl",),
    "aws:sagemaker/notebookInstance:NotebookInstance": ("defaultCodeRepository", "additionalCodeRepositories[]"),
    "aws:sagemaker/domain:Domain": (f"defaultUserSettings.{REPOSITORIES}",),
    "aws:sagemaker/userProfile:UserProfile": (f"userSettings.{REPOSITORIES}",),
    "aws:sagemaker/space:Space": (f"spaceSettings.{REPOSITORIES}",),
}


def validate(resource: Resource, options: Options) -> Findings:
    """Yield a finding for each address on a host that is not listed."""
    hosts = {
        host.replace("{region}", region) for host in options.texts("allowedHosts") for region in stack_config.regions()
    }
    for path in PLACES[resource.type]:
        for found in resource.each(path):
            if found.unknown:
                yield Undecided(found)
            elif found.given and _is_address(str(found.value)) and _host(str(found.value)) not in hosts:
                yield Violation(f"{found.where} lies on a host that is not listed")


def _is_address(text: str) -> bool:
    return any(mark in text for mark in ("/", ":", "."))


def _host(text: str) -> str:
    """Return the host of an HTTPS address; nothing for any other way of writing one."""
    parts = urlsplit(text)
    return (parts.hostname or "") if parts.scheme == "https" else ""


RULE = Rule(
    id="sagemaker-code-repository-is-internal",
    title="Code repositories lie inside the platform",
    kind=Kind.RESOURCE,
    types=tuple(PLACES),
    paths=tuple(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, paths in PLACES.items() for path in paths),
    severity=Severity.MEDIUM,
    remediation="Use a CodeCommit repository of the account, or list the inside Git host in the options.",
    url="https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-git-repo.html",
    options={"allowedHosts": texts("git-codecommit.{region}.amazonaws.com")},
    seed=("S0",),
    deferred=tuple(sorted({path for paths in PLACES.values() for path in paths})),
    validate=validate,
)
