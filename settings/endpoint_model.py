"""The settings of the endpoints as the program uses them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, Strict

from . import endpoint_guides as guides
from .network_model import Part, ZoneId, frozen

ServiceZones = Annotated[
    Mapping[str, Annotated[tuple[ZoneId, ...], guides.SERVICE_ZONE]], AfterValidator(frozen), guides.SERVICE_ZONES
]


class EndpointSettings(Part):
    """Where endpoints stand.

    `service_zones` names the zones of services that are not in every zone, by key; `s3_interface` adds an interface to
    S3 beside the gateway.
    """

    zones: Annotated[Literal["all", "one"], guides.ENDPOINT_ZONES] = "all"
    service_zones: ServiceZones = Field(default_factory=lambda: MappingProxyType({}))
    s3_interface: Annotated[bool, Strict(), guides.S3_INTERFACE] = False
