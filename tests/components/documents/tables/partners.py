"""S3-A7 and S3-A8: what a partner and an AWS service read of what is staged, and everything beside it."""

from __future__ import annotations

from typing import Any

from iamproof import Principal
from tests.components.documents.calls import key_use, listing, s3
from tests.components.documents.planned import NEAR as NEAR_ARN
from tests.components.documents.planned import PARTNER_ARN, PARTNERS_ENDPOINT, SERVICE_SOURCE
from tests.components.documents.world import (
    ACCOUNT,
    Caller,
    Lock,
    Via,
    allowed,
    refused,
)

BUCKET = (Lock.RESOURCE,)
PARTNER = Caller(Principal.role(PARTNER_ARN))
NEAR = Caller(Principal.role(NEAR_ARN))
ANOTHER = Caller(Principal.role(f"{PARTNER_ARN}-2"))
TAGGED = Caller(Principal.role(f"{PARTNER_ARN}-2", {"user": "alice", "data-administrator": "true"}))
MACIE = Caller(Principal.service("macie.amazonaws.com"))
BEFORE, AFTER = "2027-03-30T23:59:59Z", "2027-03-31T00:00:00Z"
IN_TIME = {"aws:CurrentTime": BEFORE}
THERE = {**IN_TIME, "aws:SourceVpce": PARTNERS_ENDPOINT}
ADDRESS = {**IN_TIME, "aws:SourceIp": "198.51.100.7"}
SCAN = {"aws:SourceAccount": ACCOUNT, "aws:SourceArn": SERVICE_SOURCE}


def staged(action: str = "GetObject", key: str = "vision/x", context: dict[str, Any] | None = None) -> Any:
    """A request on a staged object that takes no way of ours."""
    given = {name: value for name, value in (THERE if context is None else context).items() if value is not None}
    return s3(action, "staging", key, given, via=Via.NO_ENDPOINT)


def names(prefix: str | None, context: dict[str, Any] | None = None) -> Any:
    """A listing of the staging bucket that takes no way of ours."""
    return listing(prefix, purpose="staging", via=Via.NO_ENDPOINT).but(context=THERE if context is None else context)


PARTNERS = (
    allowed("S3-A7 the partner reads its prefix through its endpoint", PARTNER, staged(), names("vision/")),
    allowed(
        "S3-A7 a partner bound to addresses reads from there",
        NEAR,
        staged(key="near/x", context=ADDRESS),
        names("near/", ADDRESS),
    ),
    refused("S3-A7 a partner reads another's prefix its way (G1b)", NEAR, staged(), by=BUCKET),
    refused("S3-A7 a partner lists another's prefix its way", NEAR, names("vision/"), by=BUCKET),
    refused(
        "S3-A7 a partner reads what is bound to addresses", PARTNER, staged(key="near/x", context=ADDRESS), by=BUCKET
    ),
    refused("S3-A7 a partner lists what is bound to addresses", PARTNER, names("near/", ADDRESS), by=BUCKET),
    *(
        refused(f"S3-A7 the partner, {what}", PARTNER, ask, by=BUCKET)
        for what, ask in (
            ("another prefix", staged(key="near/x")),
            ("a prefix that begins alike", staged(key="vision2/x")),
            ("the bucket's top", staged(key="x")),
            ("another endpoint", staged(context={**THERE, "aws:SourceVpce": "vpce-0b"})),
            ("no endpoint (G1)", staged(context=IN_TIME)),
            ("plain HTTP (G2)", staged(context={**THERE, "aws:SecureTransport": False})),
            ("on the day of its end", staged(context={**THERE, "aws:CurrentTime": AFTER})),
            ("at no time", staged(context={**THERE, "aws:CurrentTime": None})),
            ("PutObject", staged("PutObject")),
            ("DeleteObject", staged("DeleteObject")),
            ("an old version", staged("GetObjectVersion")),
            ("the list of everything", names(None)),
            ("the list of another prefix", names("near/")),
            ("the list without the slash", names("vision")),
            ("the list from elsewhere", names("vision/", IN_TIME)),
            ("the list after its end", names("vision/", {**THERE, "aws:CurrentTime": AFTER})),
            ("results", s3("GetObject", "results", "users/alice/x", THERE, via=Via.NO_ENDPOINT)),
            ("raw data", s3("GetObject", "raw", "vision/x", THERE, via=Via.NO_ENDPOINT)),
            ("the bucket's policy", s3("GetBucketPolicy", "staging", None, THERE, via=Via.NO_ENDPOINT)),
        )
    ),
    *(
        refused(f"S3-A7 a partner bound to addresses, {what}", NEAR, staged(key="near/x", context=context), by=BUCKET)
        for what, context in (
            ("from another address", {**IN_TIME, "aws:SourceIp": "203.0.113.7"}),
            ("from no address", IN_TIME),
            ("after its end", {**ADDRESS, "aws:CurrentTime": AFTER}),
        )
    ),
    *(
        refused(f"S3-A7 a partner bound to addresses lists {what}", NEAR, names(prefix, context), by=BUCKET)
        for what, prefix, context in (
            ("from no address", "near/", IN_TIME),
            ("after its end", "near/", {**ADDRESS, "aws:CurrentTime": AFTER}),
            ("everything", None, ADDRESS),
        )
    ),
    refused(
        "S3-A7 a partner bound to addresses, another prefix", NEAR, staged(key="vision/x", context=ADDRESS), by=BUCKET
    ),
    *(
        refused(f"S3-A7 another role of the partner's account, {what}", who, ask, by=BUCKET)
        for who, how in ((ANOTHER, ""), (TAGGED, " that tags itself as a data administrator"))
        for what, ask in ((f"an object{how}", staged()), (f"names{how}", names("vision/")))
    ),
)

KEY = (
    allowed("S3-A8 the partner decrypts via S3", PARTNER, key_use("Decrypt", key="partners", **IN_TIME)),
    *(
        refused(f"S3-A8 the partner, {what}", PARTNER, ask, by=BUCKET)
        for what, ask in (
            ("Decrypt directly", key_use("Decrypt", None, key="partners", **IN_TIME)),
            ("Decrypt via SageMaker", key_use("Decrypt", "sagemaker", key="partners", **IN_TIME)),
            ("Encrypt", key_use("Encrypt", key="partners", **IN_TIME)),
            ("GenerateDataKey", key_use("GenerateDataKey", key="partners", **IN_TIME)),
            ("CreateGrant", key_use("CreateGrant", key="partners", **IN_TIME)),
            ("another key", key_use("Decrypt", key="data", **IN_TIME)),
            ("after its end", key_use("Decrypt", key="partners", **{"aws:CurrentTime": AFTER})),
        )
    ),
    allowed("S3-A8 a second partner decrypts via S3", NEAR, key_use("Decrypt", key="partners", **IN_TIME)),
    refused("S3-A8 a second partner, directly", NEAR, key_use("Decrypt", None, key="partners", **IN_TIME), by=BUCKET),
    refused(
        "S3-A8 a second partner, after its end",
        NEAR,
        key_use("Decrypt", key="partners", **{"aws:CurrentTime": AFTER}),
        by=BUCKET,
    ),
    refused("S3-A8 another role of the partner", ANOTHER, key_use("Decrypt", key="partners", **IN_TIME), by=BUCKET),
)

SERVICES = (
    allowed(
        "a service reads the prefix for its source in this account",
        MACIE,
        staged(key="scan/x", context=SCAN),
        names("scan/", SCAN),
        key_use("Decrypt", None, key="partners", **SCAN),
    ),
    *(
        refused(f"a service, {what}", MACIE, ask, by=BUCKET)
        for what, ask in (
            ("another prefix", staged(key="vision/x", context=SCAN)),
            ("for another account", staged(key="scan/x", context={**SCAN, "aws:SourceAccount": "999999999999"})),
            ("for another source", staged(key="scan/x", context={**SCAN, "aws:SourceArn": f"{SERVICE_SOURCE}2"})),
            ("for nobody", staged(key="scan/x", context={})),
            ("writes", staged("PutObject", "scan/x", SCAN)),
            ("lists all", names(None, SCAN)),
            ("lists for another account", names("scan/", {**SCAN, "aws:SourceAccount": "999999999999"})),
            ("lists for another source", names("scan/", {**SCAN, "aws:SourceArn": f"{SERVICE_SOURCE}2"})),
            ("raw data", s3("GetObject", "raw", "scan/x", SCAN, via=Via.NO_ENDPOINT)),
            (
                "the key for another account",
                key_use("Decrypt", None, key="partners", **{**SCAN, "aws:SourceAccount": "999999999999"}),
            ),
            (
                "the key for another source",
                key_use("Decrypt", None, key="partners", **{**SCAN, "aws:SourceArn": f"{SERVICE_SOURCE}2"}),
            ),
        )
    ),
)

ROWS = (*PARTNERS, *KEY, *SERVICES)
