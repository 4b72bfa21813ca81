"""The platform of one stack, part by part: each part is wired in a file of its own under `wiring/`."""

from __future__ import annotations

import settings
from wiring.audit import raise_audit
from wiring.bastion import raise_bastion
from wiring.budgets import raise_budgets
from wiring.cost import report_cost
from wiring.data import raise_data, raise_keys
from wiring.deployment import raise_deployment
from wiring.invokers import raise_invokers
from wiring.network import raise_network
from wiring.people import raise_emergency, raise_people
from wiring.site import open_site
from wiring.tenants import raise_tenants

site = raise_emergency(open_site(settings.load()))
keys = raise_keys(site)
network = raise_network(site, keys)
bastion = raise_bastion(site, network)
data = raise_data(site, network, keys)
raise_audit(site, data)
tenants = raise_tenants(site, network, data)
people = raise_people(site, network, data, tenants, bastion)
deployment = raise_deployment(site, tenants, people)
raise_invokers(site, tenants)
raise_budgets(site, tenants, people, deployment)
report_cost(site)
