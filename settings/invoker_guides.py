"""What each key about callers of endpoints means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .guide import Guide

if TYPE_CHECKING:
    from .problems import Place

NAME = Guide(
    allowed="1 to 20 lower-case letters, digits and single hyphens, a letter first, no hyphen last",
    why="the name stands in that of the role which is taken on",
    example="shop",
    pattern="(?!.*--)[a-z]([a-z0-9-]{0,18}[a-z0-9])?",
)
ROLE_ARN = Guide(
    allowed="the ARN of a role of this account outside the platform, such as arn:aws:iam::111122223333:role/shop",
    why="whoever calls endpoints from beside a tenant's people takes the invoker's role on as this role",
    example="arn:aws:iam::111122223333:role/shop",
    pattern=r"arn:aws[a-z-]*:iam::[0-9]{12}:role/([A-Za-z0-9_+=,.@-]{1,64}/)*[A-Za-z0-9_+=,.@-]{1,64}",
)
ROLES = Guide(
    allowed="a list of one or more ARNs of roles of this account",
    why="without one nobody takes the invoker's role on",
    example=[ROLE_ARN.example],
)
ENDPOINT = Guide(
    allowed="the name of an endpoint: 1 to 63 lower-case letters, digits and single hyphens, no hyphen first or last",
    why="calls are bound to the very name; a pattern would let in endpoints that nobody chose",
    example="alice--digits",
    pattern="[a-z0-9](-*[a-z0-9]){0,62}",
)
ENDPOINTS = Guide(
    allowed="a list of one or more names of endpoints",
    why="without one there is nothing to call",
    example=[ENDPOINT.example],
)
TENANT = Guide(
    allowed="one of the tenants",
    why="the endpoints are this tenant's, and calls are refused once one belongs to another",
    example="alice",
)
INVOKER = Guide(
    allowed="a mapping of tenant, roles and endpoints",
    why="it says who calls which endpoints of whom",
    example={"tenant": "alice", "roles": [ROLE_ARN.example], "endpoints": [ENDPOINT.example]},
)
INVOKERS = Guide(
    allowed="a mapping of names to tenant, roles and endpoints",
    why="each gets a role of its own, which calls the listed endpoints from inside the network and nothing else",
    example={"shop": INVOKER.example},
)

GUIDES: dict[Place, Guide] = {
    ("invokers",): INVOKERS,
    ("invokers", "*"): INVOKER,
    ("invokers", "*", "tenant"): TENANT,
    ("invokers", "*", "roles"): ROLES,
    ("invokers", "*", "roles", "*"): ROLE_ARN,
    ("invokers", "*", "endpoints"): ENDPOINTS,
    ("invokers", "*", "endpoints", "*"): ENDPOINT,
}
