"""Decide requests, and claims about IAM policies, exactly and offline."""

from __future__ import annotations

from iamproof.environment import CaseError, Environment, Request
from iamproof.evaluate import Decision, Outcome, StatementRef, evaluate
from iamproof.model import Effect, Policy, Statement
from iamproof.parse import parse_policy
from iamproof.principal import Principal, PrincipalKind
from iamproof.reader import PolicyError
from iamproof.truth import Reading

__all__ = [
    "CaseError",
    "Decision",
    "Effect",
    "Environment",
    "Outcome",
    "Policy",
    "PolicyError",
    "Principal",
    "PrincipalKind",
    "Reading",
    "Request",
    "Statement",
    "StatementRef",
    "evaluate",
    "parse_policy",
]
