"""Whether the declared features can be had in the Region, and endpoints can stand where the stack file puts them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .features import DEFAULT, interface_endpoints, regions_of
from .network_guides import ZONE
from .problems import REMOVE, Finding, line, nearest, shown
from .stages import STAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def feature_findings(features: Sequence[Any], region: str | None) -> Iterator[Finding]:
    """Find features that the Region lacks, as far as a named source says."""
    for position, feature in enumerate(features):
        known = regions_of(feature) if isinstance(feature, str) and region else None
        if known and region not in known[0]:
            yield Finding(
                place=("features", position),
                given=f"{feature} in {region}",
                allowed=f"{feature} in {', '.join(known[0])}",
                why=f"its endpoints, or what they read of AWS' own, are known of these Regions only ({known[1]})",
            )


def stage_findings(tree: Mapping[str, Any]) -> Iterator[Finding]:
    """Find notebooks in a stage whose people open none: they would be paid for and of no use."""
    environment, features = tree.get("environment"), tree.get("features", DEFAULT)
    stage = STAGES.get(environment) if isinstance(environment, str) else None
    if stage is None or not isinstance(features, list | tuple) or "notebooks" not in features:
        return
    if not any("notebooks" in parts for parts in stage.capabilities.values()):
        others = [feature for feature in features if feature != "notebooks"]
        yield Finding(
            place=("features",),
            given=shown(features) if "features" in tree else f"nothing, so {', '.join(DEFAULT)}",
            allowed=f"features without notebooks in {environment}",
            why=f"in {environment} nobody opens a notebook: models come there from another stage (docs/access.md)",
            write=line("features", others),
        )


def endpoint_findings(tree: Mapping[str, Any]) -> Iterator[Finding]:
    """Find services without an endpoint of this stack, and zones that are none of the network's."""
    given = _mapping(tree, "endpoints")
    network = _mapping(tree, "network")
    if given.get("s3-interface") is True and not network.get("on-premises"):
        yield _for_nobody()
    places, known = given.get("service-zones"), _zones_of_network(network)
    if not isinstance(places, dict) or not known:
        return
    raised = raised_endpoints(tree)
    for key, listed in places.items():
        if key not in raised:
            yield _no_such_endpoint(str(key), raised)
        elif isinstance(listed, list):
            yield from _zones(str(key), listed, known)


def raised_endpoints(tree: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the interface endpoints of the stack by key, as far as its features can be read."""
    given = tree.get("features", list(DEFAULT))
    features = [each for each in given if isinstance(each, str)] if isinstance(given, list) else []
    return interface_endpoints(
        features,
        s3_interface=_mapping(tree, "endpoints").get("s3-interface") is True,
        legacy_agent="bastion" in features and _mapping(tree, "bastion").get("legacy-agent") is True,
    )


def _zones_of_network(network: Mapping[str, Any]) -> list[str]:
    """Return the zones of a network that is made, or of one that is adopted."""
    given = _mapping(network, "adopt").get("subnets", network.get("zones"))
    return [zone for zone in given if isinstance(zone, str)] if isinstance(given, dict | list) else []


def _mapping(tree: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = tree.get(key)
    return found if isinstance(found, dict) else {}


def _for_nobody() -> Finding:
    return Finding(
        place=("endpoints", "s3-interface"),
        given="true, and no network.on-premises",
        allowed="true where network.on-premises names the networks that come in by a private line, else false",
        why="hosts inside the VPC keep to the gateway, and nobody else is let in, so it would cost and serve no one",
        write="s3-interface: false",
    )


def _no_such_endpoint(key: str, raised: Sequence[str]) -> Finding:
    meant = nearest(key, raised)
    why = "S3 has a gateway, which stands in no zone" if key == "s3" else "no declared feature raises such an endpoint"
    return Finding(
        place=("endpoints", "service-zones", key),
        given=key,
        allowed=", ".join(raised),
        why=why + (f"; did you mean {meant}?" if meant else ""),
        write=REMOVE,
    )


def _zones(key: str, listed: Sequence[Any], known: Sequence[str]) -> Iterator[Finding]:
    ids = [each for each in listed if isinstance(each, str) and re.fullmatch(ZONE.pattern or "", each)]
    strange = [zone for zone in ids if zone not in known]
    kept = [zone for zone in dict.fromkeys(ids) if zone in known]
    place, write = ("endpoints", "service-zones", key), line(key, kept or list(known[:1]))
    if strange or not listed:
        yield Finding(
            place=place,
            given=shown(list(listed)),
            allowed=f"one or more of the zones of network.zones: {', '.join(known)}",
            why=f"{shown(strange)} is none of the network's zones" if strange else "it would stand nowhere",
            write=write,
        )
    elif len(kept) < len(ids):
        why = "a zone is listed twice, and an endpoint stands once in a zone"
        yield Finding(place=place, given=shown(list(listed)), allowed="each zone once", why=why, write=write)
