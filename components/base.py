"""What every component shares: children belong to it, its plans reach the pack, its outputs are registered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pulumi

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from components.documents.model import PolicyDocument


@dataclass(frozen=True, kw_only=True)
class BoundReference:
    """A reference of planned documents and the resource that it stands for.

    `name` is what documents write between braces, `type_token` and `logical_name` say which resource of the stack it
    is, `id` is that resource's deploy-time id.
    """

    name: str
    type_token: str
    logical_name: str
    id: pulumi.Output[str]

    @classmethod
    def to(cls, name: str, resource: pulumi.CustomResource) -> BoundReference:
        """Bind `name` to a resource of this stack."""
        return cls(
            name=name,
            type_token=resource.pulumi_resource_type,
            logical_name=resource.pulumi_resource_name,
            id=resource.id,
        )


@dataclass(frozen=True, kw_only=True)
class PlannedDocument:
    """A document and the property of a child resource that will hold it."""

    type_token: str
    logical_name: str
    property_path: str
    document: PolicyDocument


class Plan:
    """The documents and deploy-time tags that a component is about to give to its children (promise P2)."""

    def __init__(
        self,
        documents: Sequence[PlannedDocument],
        references: Mapping[str, BoundReference] | None = None,
        tags: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self._documents = {
            f"{planned.type_token}|{planned.logical_name}|{planned.property_path}": planned.document
            for planned in documents
        }
        self._references = dict(references or {})
        self._tags = dict(tags or {})
        missing = {name for planned in documents for name in planned.document.references()} - set(self._references)
        if missing:
            raise ValueError(f"planned documents name {', '.join(sorted(missing))}, which no resource is bound to")

    def inputs(self) -> dict[str, Any]:
        """Return the plan as plain component inputs, which reach the pack before any child is registered."""
        used = {name for document in self._documents.values() for name in document.references()}
        used |= {
            name
            for tags in self._tags.values()
            for name in self._references
            if f"{{{{{name}}}}}" in "".join(tags.values())
        }
        inputs: dict[str, Any] = {
            "plannedDocuments": {place: document.to_dict() for place, document in self._documents.items()},
            "plannedReferences": {
                name: f"{bound.type_token}|{bound.logical_name}"
                for name, bound in sorted(self._references.items())
                if name in used
            },
        }
        if self._tags:
            inputs["plannedTags"] = {place: dict(tags) for place, tags in self._tags.items()}
        return inputs

    def rendered(self, type_token: str, logical_name: str, property_path: str) -> pulumi.Input[str]:
        """Return the document planned for a property: a plain string where it holds no reference."""
        document = self._documents[f"{type_token}|{logical_name}|{property_path}"]
        names = document.references()
        if not names:
            return document.to_json()
        ids = pulumi.Output.all(**{name: self._references[name].id for name in names})
        return ids.apply(document.render)


class PlatformComponent(pulumi.ComponentResource):
    """A part of the platform.

    Caller options go to the component alone; children get exactly what `child_options` returns.
    """

    def __init__(
        self, type_token: str, name: str, inputs: Mapping[str, Any], opts: pulumi.ResourceOptions | None
    ) -> None:
        super().__init__(type_token, name, dict(inputs), opts)

    def child_options(
        self,
        *,
        depends_on: Sequence[pulumi.Resource] | None = None,
        protect: bool | None = None,
        delete_before_replace: bool | None = None,
    ) -> pulumi.ResourceOptions:
        """Return the options of a child: this parent, and what the child itself needs."""
        return pulumi.ResourceOptions(
            parent=self,
            depends_on=list(depends_on) if depends_on else None,
            protect=protect,
            delete_before_replace=delete_before_replace,
        )


def platform_tags(name: str) -> dict[str, str]:
    """Return the own tags of a shared resource; environment, project and managed-by come from the provider."""
    return {"Name": name, "user": "platform"}


def tenant_tags(user: str, name: str) -> dict[str, str]:
    """Return the own tags of a tenant's resource."""
    return {"Name": name, "user": user}
