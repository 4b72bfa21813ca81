"""Some keys know a model, and a log stream, by its name alone: the owner stands in front, so that it can be limited.

Source: Service Authorization Reference, Amazon SageMaker AI, sagemaker:ModelArn; Amazon SageMaker AI Developer Guide,
"CloudWatch Logs for Amazon SageMaker AI" (streams of notebook instances begin with their name).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Undecided, Violation, text
from tags import own_tags, tenant_of

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(resource: Resource, options: Options) -> Findings:
    """Yield a finding for a tenant's resource whose name does not begin with its owner."""
    key = str(options["tagKey"])
    owner, name = tenant_of(resource, key), resource.read("name")
    for found in (own_tags(resource).value(key), name):
        if found.unknown:
            yield Undecided(found)
    if (
        owner is not None
        and not name.unknown
        and not str(name.value or "").startswith(f"{owner}{options['separator']}")
    ):
        yield Violation(f"name does not begin with the owner and {options['separator']}")


RULE = Rule(
    id="tenant-model-name-carries-owner",
    title="Names of a tenant's models and notebooks begin with their owner",
    kind=Kind.RESOURCE,
    types=("aws:sagemaker/model:Model", "aws:sagemaker/notebookInstance:NotebookInstance"),
    paths=("name", "tags"),
    severity=Severity.HIGH,
    remediation="Begin the name with the tenant and two hyphens.",
    url="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html",
    options={"tagKey": text("user"), "separator": text("--")},
    mirrored_by=("IAM deny", "runtime audit"),
    validate=validate,
)
