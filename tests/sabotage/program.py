"""Where edits of the program hook in, and how one adds a resource to it."""

from __future__ import annotations

Edit = tuple[str, str, str]

MAIN, SITE, NETWORK_PART = "__main__.py", "wiring/site.py", "wiring/network.py"
DATA_PART, TENANTS_PART = "wiring/data.py", "wiring/tenants.py"
END = "report_cost(site)\n"
NAMES = (
    "import pulumi\nimport pulumi_aws as aws\nfrom components.documents.scope import RAW, RESULTS\n"
    "provider, naming, scope, settings = site.provider, site.naming, site.scope, site.settings\n"
    "buckets, key, endpoints, network = data.buckets, data.keys['data'], network.endpoints, network.closed\n"
)
OPTIONS = "opts=pulumi.ResourceOptions(provider=provider)"
SHARED = f'tags={{"user": "platform"}}, {OPTIONS}'
GROUP = "network.workload_security_group_id"


def added(code: str) -> Edit:
    """Return the edit that adds code after all parts; it may speak of provider, scope, network, buckets and so on."""
    return (MAIN, END, END + NAMES + code + "\n")
