"""Decide requests, and claims about IAM policies, exactly and offline."""

from __future__ import annotations

from iamproof import facts
from iamproof.environment import CaseError, Environment, Request
from iamproof.evaluate import Decision, Outcome, StatementRef, evaluate
from iamproof.lint import lint
from iamproof.lint_scope import DocumentKind, Finding
from iamproof.model import Effect, Policy, Statement
from iamproof.parse import parse_policy
from iamproof.principal import Principal, PrincipalKind
from iamproof.reader import PolicyError
from iamproof.truth import Reading

__all__ = [
    "CaseError",
    "Decision",
    "DocumentKind",
    "Effect",
    "Environment",
    "Finding",
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
    "facts",
    "lint",
    "parse_policy",
]
