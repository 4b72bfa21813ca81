"""What the keys of records and budgets mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .guide import Guide
from .network_guides import RETENTIONS

if TYPE_CHECKING:
    from .problems import Place

ELSEWHERES = ("trail", "recorder", "analyzers", "work-logs")
RECORDINGS = ("continuous", "daily")
LONGEST_KEPT = 3653
SHORTEST_LOG = 365

AUDIT = Guide(
    allowed="a mapping of elsewhere, readers, keep-days, lock-days, trail-log-group, log-days, recording, "
    "unused-access and unused-days",
    why="it says which records the stack makes, how long they are kept and who reads them; without the key the "
    "defaults of the environment hold",
    example={"keep-days": 365},
)
ELSEWHERE = Guide(
    allowed=f"a list of {', '.join(ELSEWHERES)}, none twice",
    why="an account has one Config recorder and one analyzer of outside access a Region, and log groups of SageMaker "
    "once; what the organisation or another stack has already is not made again",
    example=["recorder"],
)
ELSEWHERE_ITEM = Guide(
    allowed=", ".join(ELSEWHERES),
    why="the platform makes no other record that could stand elsewhere",
    example="recorder",
    choices=ELSEWHERES,
)
READERS = Guide(
    allowed="a list of ARNs of IAM users or roles of this account, none twice",
    why="only they read the files of the trail and of Config, through the S3 endpoint; without any, nobody does",
    example=["arn:aws:iam::111122223333:role/security-audit"],
)
READER = Guide(
    allowed="the ARN of an IAM user or role of this account that is no tenant's and manages nothing, such as "
    "arn:aws:iam::111122223333:role/security-audit",
    why="the bucket's policy compares it with aws:PrincipalArn; a tenant or the deployer never reads records",
    example="arn:aws:iam::111122223333:role/security-audit",
)
KEEP_DAYS = Guide(
    allowed=f"a whole number of days from 365 to {LONGEST_KEPT}",
    why="records younger than a year are asked for; without the key they are kept for 365 days, in prod for 2557",
    example=365,
)
LOCK_DAYS = Guide(
    allowed=f"a whole number of days from 1 to {LONGEST_KEPT}, not more than records are kept",
    why="each file of a record is locked for as long, in governance mode; without the key none is",
    example=90,
)
TRAIL_LOG_GROUP = Guide(
    allowed="true or false",
    why="with true the trail also writes into a log group, where it can be searched and alarmed on; CloudWatch charges "
    "for each gigabyte",
    example=True,
)
LOG_DAYS = Guide(
    allowed=f"one of {', '.join(str(days) for days in RETENTIONS if days >= SHORTEST_LOG)}",
    why="CloudWatch Logs keeps entries for no other times, and what is gone within a year is gone when somebody asks",
    example=365,
)
RECORDING = Guide(
    allowed=" or ".join(RECORDINGS),
    why="Config charges for each recorded change; without the key it records once a day, in prod each change",
    example="daily",
    choices=RECORDINGS,
)
UNUSED_ACCESS = Guide(
    allowed="true or false",
    why="the analyzer of unused access costs a fee for each role and user; without the key it is made in prod only",
    example=True,
)
UNUSED_DAYS = Guide(
    allowed="a whole number of days from 1 to 365",
    why="access not used for so long is a finding",
    example=90,
)
BUDGETS = Guide(
    allowed="a mapping of monthly, tenants, tell, topics and stop",
    why="each tenant's cost of a month is watched by its tag `user`; without the key nobody notices it",
    example={"monthly": 200, "tell": ["ml-platform@example.com"]},
)
AMOUNT = Guide(
    allowed="a number of US dollars from 1 to 10000000, in whole cents, without quotes",
    why="it is what a tenant may cost in a month before somebody is told, at 80 and at 100 percent",
    example=200,
)
OF_TENANTS = Guide(
    allowed="a mapping of tenants to their own amounts",
    why="the amount of a tenant goes before `monthly`",
    example={"alice": 500},
)
TELL = Guide(
    allowed="a list of 1 to 10 mail addresses, none twice; AWS takes no more for a notification",
    why="a budget that tells nobody is none",
    example=["ml-platform@example.com"],
)
ADDRESS = Guide(
    allowed="a mail address, such as ml-platform@example.com",
    why="AWS Budgets writes to it",
    example="ml-platform@example.com",
    pattern=r"(?=[^@]{1,64}@)(?=.{6,254}$)[A-Za-z0-9_%+-]+(\.[A-Za-z0-9_%+-]+)*@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*\.[A-Za-z]{2,63}",
)
TOPICS = Guide(
    allowed="a list of at most one ARN of an SNS topic; AWS takes no more for a notification",
    why="the topic's own policy must let budgets.amazonaws.com publish to it",
    example=["arn:aws:sns:ap-northeast-1:111122223333:cost"],
)
STOP = Guide(
    allowed="true or false",
    why="once its amount is spent, a tenant's roles and people make nothing new that costs; what runs goes on; with "
    "false somebody is told and nothing stops",
    example=True,
)
TOPIC = Guide(
    allowed="the ARN of an SNS topic of this account, such as arn:aws:sns:ap-northeast-1:111122223333:cost",
    why="what a tenant costs is told inside the account",
    example="arn:aws:sns:ap-northeast-1:111122223333:cost",
)

GUIDES: dict[Place, Guide] = {
    ("audit",): AUDIT,
    ("audit", "elsewhere"): ELSEWHERE,
    ("audit", "elsewhere", "*"): ELSEWHERE_ITEM,
    ("audit", "readers"): READERS,
    ("audit", "readers", "*"): READER,
    ("audit", "keep-days"): KEEP_DAYS,
    ("audit", "lock-days"): LOCK_DAYS,
    ("audit", "trail-log-group"): TRAIL_LOG_GROUP,
    ("audit", "log-days"): LOG_DAYS,
    ("audit", "recording"): RECORDING,
    ("audit", "unused-access"): UNUSED_ACCESS,
    ("audit", "unused-days"): UNUSED_DAYS,
    ("budgets",): BUDGETS,
    ("budgets", "monthly"): AMOUNT,
    ("budgets", "tenants"): OF_TENANTS,
    ("budgets", "tenants", "*"): AMOUNT,
    ("budgets", "tell"): TELL,
    ("budgets", "tell", "*"): ADDRESS,
    ("budgets", "topics"): TOPICS,
    ("budgets", "topics", "*"): TOPIC,
    ("budgets", "stop"): STOP,
}
