"""What each key about buckets and keys means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .guide import Guide

if TYPE_CHECKING:
    from .problems import Place

PURPOSES = ("raw", "results", "shared", "staging", "access-logs")

BUCKETS = Guide(
    allowed=f"a mapping of any of {', '.join(PURPOSES)} to its settings",
    why="each bucket exists in any case; without settings it has the defaults",
    example={"raw": {"old-versions-days": 90}},
)
BUCKET = Guide(
    allowed="a mapping of name, old-versions-days, unfinished-uploads-days, infrequent-access-days, archive-days; "
    "object-lock for raw; keep-days for access-logs",
    why="these say what the bucket is called and how long it keeps what",
    example={"old-versions-days": 90},
)
BUCKET_NAME = Guide(
    allowed="3 to 63 lower-case letters, digits and single hyphens, a letter first, no hyphen last, no dots, no "
    "`sagemaker`, not the account's id, not what S3 keeps for itself (sthree-…, amzn-s3-demo-…, …-s3alias)",
    why="names are shared by all AWS accounts; with a dot TLS does not match the name of the bucket's host; AWS' "
    "managed policies match names that hold `sagemaker`; without the key it is <prefix>-<purpose>-<suffix>",
    example="ml-dev-raw-7f3a",
    pattern="(?!.*--)(?!.*sagemaker)(?!.*-s3alias$)(?!sthree-)(?!amzn-s3-demo-)[a-z][a-z0-9-]{1,61}[a-z0-9]",
)
OLD_VERSIONS = Guide(
    allowed="a whole number of days from 1 to 3650",
    why="so long after an object was replaced or deleted it can be brought back",
    example=90,
)
UNFINISHED_UPLOADS = Guide(
    allowed="a whole number of days from 1 to 365",
    why="the parts of an upload that nobody finished are paid for until then",
    example=7,
)
INFREQUENT_ACCESS = Guide(
    allowed="a whole number of days from 30 to 3650",
    why="so old objects move to cheaper storage from which reading costs extra; S3 takes no fewer days",
    example=30,
)
ARCHIVE = Guide(
    allowed="a whole number of days from 60 to 3650, at least 30 after infrequent-access-days",
    why="so old objects move to the cheapest storage that still reads at once",
    example=90,
)
KEEP = Guide(
    allowed="a whole number of days from 1 to 3650",
    why="access logs go after that",
    example=365,
)
OBJECT_LOCK = Guide(
    allowed="a mapping of days, and if wanted mode",
    why="each new version of raw data can then be neither deleted nor replaced for so long; versions are always kept, "
    "which a lock needs",
    example={"days": 30},
)
LOCK_MODE = Guide(
    allowed="governance or compliance",
    why="governance can be lifted by who is let past the bucket's policy, compliance by nobody, not by AWS either",
    example="governance",
    choices=("governance", "compliance"),
)
LOCK_DAYS = Guide(
    allowed="a whole number of days from 1 to 36500, not more than old-versions-days",
    why="the lifecycle cannot remove what is locked",
    example=30,
)
KEYS = Guide(
    allowed="a mapping of data, rotation-days and deletion-window-days",
    why="data says whether each tenant has a key of its own; the days hold for every key of the platform",
    example={"data": "shared", "rotation-days": 365, "deletion-window-days": 30},
)
DATA_KEY = Guide(
    allowed="shared or per-tenant",
    why="per-tenant gives each tenant a key of its own for its results and the volumes of its notebook and jobs; "
    "uploads must then name it, and data administrators read no results",
    example="shared",
    choices=("shared", "per-tenant"),
)
ROTATION = Guide(
    allowed="a whole number of days from 90 to 365",
    why="AWS KMS takes no fewer, and the policy pack no more",
    example=365,
)
DELETION_WINDOW = Guide(
    allowed="a whole number of days from 7 to 30",
    why="so long a deleted key can be brought back, and with it everything that it encrypts; AWS KMS takes no others",
    example=30,
)
INGESTION = Guide(
    allowed="a list of ARNs of IAM roles of this account, none twice",
    why="these roles add raw data, through the platform's S3 endpoint, and neither read nor delete it",
    example=["arn:aws:iam::111122223333:role/ingest"],
)
INGESTION_ARN = Guide(
    allowed="the ARN of an IAM role of this account that is neither the platform's nor a tenant's, such as "
    "arn:aws:iam::111122223333:role/ingest",
    why="the bucket's policy compares it with aws:PrincipalArn, which names the role, never a session",
    example="arn:aws:iam::111122223333:role/ingest",
    pattern=r"arn:aws[a-z-]*:iam::[0-9]{12}:role/(?!tenants/)([A-Za-z0-9_+=,.@-]{1,64}/)*[A-Za-z0-9_+=,.@-]{1,64}",
)
DATA_ADMINISTRATOR = Guide(
    allowed="true or false",
    why="the tenant's notebook then curates raw, shared and staging data and looks at all results, and writes no "
    "results of its own",
    example=False,
)
_OF_EACH = {
    "name": BUCKET_NAME,
    "old-versions-days": OLD_VERSIONS,
    "unfinished-uploads-days": UNFINISHED_UPLOADS,
    "infrequent-access-days": INFREQUENT_ACCESS,
    "archive-days": ARCHIVE,
}

GUIDES: dict[Place, Guide] = {
    ("data", "buckets"): BUCKETS,
    **{("data", "buckets", purpose): BUCKET for purpose in PURPOSES},
    **{("data", "buckets", purpose, key): guide for purpose in PURPOSES for key, guide in _OF_EACH.items()},
    ("data", "buckets", "raw", "object-lock"): OBJECT_LOCK,
    ("data", "buckets", "raw", "object-lock", "mode"): LOCK_MODE,
    ("data", "buckets", "raw", "object-lock", "days"): LOCK_DAYS,
    ("data", "buckets", "access-logs", "keep-days"): KEEP,
    ("data", "keys"): KEYS,
    ("data", "keys", "data"): DATA_KEY,
    ("data", "keys", "rotation-days"): ROTATION,
    ("data", "keys", "deletion-window-days"): DELETION_WINDOW,
    ("data", "ingestion"): INGESTION,
    ("data", "ingestion", "*"): INGESTION_ARN,
    ("tenants", "*", "data-administrator"): DATA_ADMINISTRATOR,
}
