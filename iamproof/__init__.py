"""Decide requests, and claims about IAM policies, exactly and offline."""

from __future__ import annotations

from iamproof import facts
from iamproof.account_output import account_to_dict
from iamproof.compare import Change, Difference, compare
from iamproof.environment import CaseError, Environment, Request, ResourceKind
from iamproof.evaluate import Decision, Outcome, StatementRef, evaluate
from iamproof.lint import lint
from iamproof.lint_scope import DocumentKind, Finding
from iamproof.model import Effect, Policy, Statement
from iamproof.parse import parse_policy
from iamproof.planned import fresh_ids, named, references, with_ids
from iamproof.principal import Principal, PrincipalKind
from iamproof.prove import Proof, Verdict, possible, prove, prove_every
from iamproof.query import AnyString, Anything, Contains, Equals, Like, Missing, OtherThan, Query, Values
from iamproof.reader import PolicyError
from iamproof.situations import Account, Actor, Endpoint, Guarded, Situation
from iamproof.strangers import Anybody, Whose
from iamproof.truth import Reading
from iamproof.who_can import Able, Way, WhoCan, who_can

__all__ = [
    "Able",
    "Account",
    "Actor",
    "AnyString",
    "Anybody",
    "Anything",
    "CaseError",
    "Change",
    "Contains",
    "Decision",
    "Difference",
    "DocumentKind",
    "Effect",
    "Endpoint",
    "Environment",
    "Equals",
    "Finding",
    "Guarded",
    "Like",
    "Missing",
    "OtherThan",
    "Outcome",
    "Policy",
    "PolicyError",
    "Principal",
    "PrincipalKind",
    "Proof",
    "Query",
    "Reading",
    "Request",
    "ResourceKind",
    "Situation",
    "Statement",
    "StatementRef",
    "Values",
    "Verdict",
    "Way",
    "WhoCan",
    "Whose",
    "account_to_dict",
    "compare",
    "evaluate",
    "facts",
    "fresh_ids",
    "lint",
    "named",
    "parse_policy",
    "possible",
    "prove",
    "prove_every",
    "references",
    "who_can",
    "with_ids",
]
