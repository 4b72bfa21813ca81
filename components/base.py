"""What every component shares: children belong to it, its plans reach the pack, its outputs are registered."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pulumi

from components.documents.model import REFERENCE, settled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from components.documents.model import PolicyDocument

KIND_ATTRIBUTE = "pulumi_type"


@dataclass(frozen=True, kw_only=True)
class BoundReference:
    """A reference of planned documents and the resource that it stands for.

    `name` is what documents write between braces, `type_token` and `logical_name` say which resource of the stack it
    is, `id` is that resource's deploy-time id, or None while the resource is about to be created. An adopted resource
    is none of the stack: its id is known, and stands in documents as it is.
    """

    name: str
    type_token: str
    logical_name: str
    id: pulumi.Output[str] | None
    adopted_id: str | None = None

    @classmethod
    def coming(cls, name: str, kind: type[pulumi.CustomResource], logical_name: str) -> BoundReference:
        """Bind `name` to a child that the component will create: enough to plan with, not enough to render."""
        return cls(name=name, type_token=token_of(kind), logical_name=logical_name, id=None)

    @classmethod
    def adopted(cls, name: str, identity: str) -> BoundReference:
        """Bind `name` to a resource that was there before this stack."""
        known = pulumi.Output.from_input(identity)
        return cls(name=name, type_token="", logical_name="", id=known, adopted_id=identity)

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

    kind: type[pulumi.CustomResource]
    logical_name: str
    property_path: str
    document: PolicyDocument

    @property
    def place(self) -> str:
        """Return the key of the document among the planned ones."""
        return f"{token_of(self.kind)}|{self.logical_name}|{self.property_path}"


def token_of(kind: type[pulumi.CustomResource]) -> str:
    """Return the type token of a resource class, such as ``aws:iam/role:Role``; pulumi_aws sets it while it loads."""
    return str(vars(kind)[KIND_ATTRIBUTE])


class Plan:
    """The documents and deploy-time tags that a component is about to give to its children (promise P2)."""

    def __init__(
        self,
        documents: Sequence[PlannedDocument],
        references: Mapping[str, BoundReference] | None = None,
        tags: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        given = references or {}
        adopted = {name: bound.adopted_id for name, bound in given.items() if bound.adopted_id}
        self._documents = {planned.place: planned.document.settled(adopted) for planned in documents}
        self._references = {name: bound for name, bound in given.items() if name not in adopted}
        self._tags = {
            place: {key: settled(text, adopted) for key, text in each.items()} for place, each in (tags or {}).items()
        }
        if len(self._documents) < len(documents):
            raise ValueError(f"a place is planned twice among {', '.join(planned.place for planned in documents)}")
        missing = self._used() - set(self._references)
        if missing:
            raise ValueError(
                f"planned documents and tags name {', '.join(sorted(missing))}, which no resource is bound to"
            )

    def _used(self) -> set[str]:
        texts = [value for tags in self._tags.values() for value in tags.values()]
        in_documents = (name for document in self._documents.values() for name in document.references())
        return {*in_documents, *(name for text in texts for name in REFERENCE.findall(text))}

    def inputs(self) -> dict[str, Any]:
        """Return the plan as plain component inputs, which reach the pack before any child is registered."""
        used = self._used()
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

    def rendered(self, kind: type[pulumi.CustomResource], logical_name: str, property_path: str) -> pulumi.Input[str]:
        """Return the document planned for a property: a plain string where it holds no reference.

        Raises KeyError for a document that was not planned.
        """
        document = self._documents[f"{token_of(kind)}|{logical_name}|{property_path}"]
        names = document.references()
        if not names:
            return document.to_json()
        bound = {name: self._references[name].id for name in names}
        coming = sorted(name for name, value in bound.items() if value is None)
        if coming:
            raise ValueError(f"{logical_name}: {', '.join(coming)} does not exist yet, create it before its document")
        return pulumi.Output.all(**bound).apply(document.render)


class PlatformComponent(pulumi.ComponentResource):
    """A part of the platform.

    Caller options go to the component alone; children get exactly what `child_options` returns. What a component
    gives to others are properties, which `publish` registers under their own names, and references.
    """

    _references: Mapping[str, BoundReference] = MappingProxyType({})

    def __init__(
        self, type_token: str, name: str, inputs: Mapping[str, Any], opts: pulumi.ResourceOptions | None
    ) -> None:
        super().__init__(type_token, name, dict(inputs), opts)

    def publish(self, *references: BoundReference) -> None:
        """Keep the references and register every output; the last line of each constructor."""
        self._references = MappingProxyType({bound.name: bound for bound in references})
        self.register_outputs({name: getattr(self, name) for name in output_names(type(self))})

    @property
    def references(self) -> Mapping[str, BoundReference]:
        """Return the references that documents of other components may hold, by name."""
        return self._references

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


def output_names(component: type[PlatformComponent]) -> list[str]:
    """Return the names of a component's outputs: its own public properties, sorted."""
    return sorted(
        name for name, member in vars(component).items() if isinstance(member, property) and not name.startswith("_")
    )


def platform_tags(name: str) -> dict[str, str]:
    """Return the own tags of a shared resource; environment, project and managed-by come from the provider."""
    return {"Name": name, "user": "platform"}


def tenant_tags(user: str, name: str) -> dict[str, str]:
    """Return the own tags of a tenant's resource."""
    return {"Name": name, "user": user}
