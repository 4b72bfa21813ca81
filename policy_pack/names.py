"""What resources are called outside Pulumi, and where such names stand in the inputs of others.

Sources: AWS Service Authorization Reference, the ARN formats of each service.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reading import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reading import Wire
    from resources import Resource

NAMED: dict[str, tuple[str, str, str]] = {
    "aws:s3/bucket:Bucket": ("s3", "bucket", ""),
    "aws:s3/bucketV2:BucketV2": ("s3", "bucket", ""),
    "aws:iam/role:Role": ("iam", "name", "role{path}"),
    "aws:iam/user:User": ("iam", "name", "user{path}"),
    "aws:iam/group:Group": ("iam", "name", "group{path}"),
    "aws:iam/policy:Policy": ("iam", "name", "policy{path}"),
    "aws:iam/instanceProfile:InstanceProfile": ("iam", "name", "instance-profile{path}"),
    "aws:kms/alias:Alias": ("kms", "name", ""),
    "aws:cloudwatch/logGroup:LogGroup": ("logs", "name", "log-group:"),
    "aws:ecr/repository:Repository": ("ecr", "name", "repository/"),
    "aws:lambda/function:Function": ("lambda", "name", "function:"),
    "aws:sns/topic:Topic": ("sns", "name", ""),
    "aws:sqs/queue:Queue": ("sqs", "name", ""),
    "aws:dynamodb/table:Table": ("dynamodb", "name", "table/"),
    "aws:sagemaker/notebookInstance:NotebookInstance": ("sagemaker", "name", "notebook-instance/"),
    "aws:sagemaker/notebookInstanceLifecycleConfiguration:NotebookInstanceLifecycleConfiguration": (
        "sagemaker",
        "name",
        "notebook-instance-lifecycle-config/",
    ),
    "aws:sagemaker/studioLifecycleConfig:StudioLifecycleConfig": (
        "sagemaker",
        "studioLifecycleConfigName",
        "studio-lifecycle-config/",
    ),
    "aws:sagemaker/model:Model": ("sagemaker", "name", "model/"),
    "aws:sagemaker/endpointConfiguration:EndpointConfiguration": ("sagemaker", "name", "endpoint-config/"),
    "aws:sagemaker/endpoint:Endpoint": ("sagemaker", "name", "endpoint/"),
    "aws:sagemaker/pipeline:Pipeline": ("sagemaker", "pipelineName", "pipeline/"),
    "aws:sagemaker/featureGroup:FeatureGroup": ("sagemaker", "featureGroupName", "feature-group/"),
    "aws:sagemaker/modelPackageGroup:ModelPackageGroup": (
        "sagemaker",
        "modelPackageGroupName",
        "model-package-group/",
    ),
    "aws:sagemaker/image:Image": ("sagemaker", "imageName", "image/"),
}
"""Type -> service of the ARN, wire property of the physical name, and what stands before the name in the ARN."""

OWN = frozenset(("tags", "tagsAll", "description", "namePrefix", "bucketPrefix", "region"))
"""Top-level properties in which a name is no reference."""

ARN = re.compile(r"arn:[a-z-]+:([a-z0-9-]+):[^:\s\"']*:[^:\s\"']*:([^\s\"']+)")
BUCKET_URL = re.compile(r"s3://([a-z0-9.-]+)")


@dataclass(frozen=True)
class Mention:
    """A name of `owners` (URNs; several resources may be called the same) at a wire property of another resource."""

    owners: frozenset[str]
    property: str


class Names:
    """Finds the resource that a text speaks of."""

    def __init__(self, resources: Iterable[Resource]) -> None:
        self._plain: dict[str, set[str]] = {}
        self._arns: dict[tuple[str, str], set[str]] = {}
        for resource in resources:
            if resource.type in NAMED:
                self._add(resource)

    def _add(self, resource: Resource) -> None:
        service, key, before = NAMED[resource.type]
        name = resource.read(key).value
        if not isinstance(name, str) or not name:
            return
        path = resource.read("path").value or "/"
        self._plain.setdefault(name, set()).add(resource.urn)
        self._arns.setdefault((service, before.format(path=path) + name), set()).add(resource.urn)

    def in_text(self, text: str) -> Iterator[frozenset[str]]:
        """Yield the owners of each name in a text: the whole text, the ARNs in it, the buckets of S3 addresses."""
        if text in self._plain:
            yield frozenset(self._plain[text])
        if "arn:" in text:
            for found in ARN.finditer(text):
                yield from self._of_arn(found.group(1), found.group(2))
        if "s3://" in text:
            for found in BUCKET_URL.finditer(text):
                yield frozenset(self._plain.get(found.group(1), ()))

    def _of_arn(self, service: str, part: str) -> Iterator[frozenset[str]]:
        name = part.partition("/")[0] if service == "s3" else re.sub(r"(:\*|:log-stream:.*|/\*)$", "", part)
        yield frozenset(self._arns.get((service, name), ()))

    def mentions(self, resource: Resource, properties: Iterable[tuple[str, Wire]]) -> Iterator[Mention]:
        """Yield what a resource names in its properties, itself and its own name left out."""
        own = NAMED.get(resource.type, ("", "name", ""))[1]
        seen: set[tuple[frozenset[str], str]] = set()
        for name, value in properties:
            if name in OWN or name in (own, "name", "arn", "id"):
                continue
            for text in _texts(plain(value)):
                for owners in self.in_text(text):
                    if owners and resource.urn not in owners and (owners, name) not in seen:
                        seen.add((owners, name))
                        yield Mention(owners, name)


def _texts(value: Wire) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
