#!/bin/bash
# Runs as root at each start of a notebook and is the same for every tenant: makes clients use the regional STS and
# writes the defaults of the SageMaker Python SDK (schema version 1.0, read from /etc/xdg/sagemaker).
# A notebook whose tenant cannot be found does not start, and its log says why.
set -euo pipefail

REGION='@REGION@'
PREFIX='@PREFIX@'
BUCKET='@BUCKET@'
SUBNETS='@SUBNETS@'

# [LIVE] Where a notebook finds its own name.
NAME=$(sed -n 's/.*"ResourceName" *: *"\([^"]*\)".*/\1/p' /opt/ml/metadata/resource-metadata.json)

# Role and groups as the platform gave them to this notebook; the role's path names the tenant.
IFS=$'\t' read -r ROLE GROUP_IDS < <(aws sagemaker describe-notebook-instance --region "$REGION" \
  --notebook-instance-name "$NAME" --query "[RoleArn, join(', ', SecurityGroups)]" --output text)
ROLES=${ROLE%/*}
TENANT=${ROLES##*/}
if [[ "$ROLES" != arn:*:role/tenants/"$TENANT" ]]; then
  echo "notebook '$NAME' works as '$ROLE'; roles of this platform lie under /tenants/<tenant>/" >&2
  exit 1
fi

# [LIVE] The user that Jupyter runs as.
runuser -l ec2-user -c "aws configure set default.region $REGION"
runuser -l ec2-user -c 'aws configure set default.sts_regional_endpoints regional'

NETWORK="VpcConfig: {Subnets: [$SUBNETS], SecurityGroupIds: [$GROUP_IDS]}"
OWNER="Tags: [{Key: user, Value: $TENANT}]"
JOB_ROLE="$ROLES/$PREFIX-$TENANT-job"
# The prefix ends with a slash: the SDK lists it before its first use, and without one a neighbour's names would match.
mkdir -p /etc/xdg/sagemaker
cat > /etc/xdg/sagemaker/config.yaml << YAML
SchemaVersion: '1.0'
SageMaker:
  PythonSDK:
    Modules:
      Session: {DefaultS3Bucket: $BUCKET, DefaultS3ObjectKeyPrefix: users/$TENANT/}
  TrainingJob:
    RoleArn: $JOB_ROLE
    EnableNetworkIsolation: @ISOLATE_TRAINING@
    EnableInterContainerTrafficEncryption: true
    $NETWORK
    $OWNER
  ProcessingJob:
    RoleArn: $JOB_ROLE
    NetworkConfig:
      EnableNetworkIsolation: @ISOLATE_PROCESSING@
      EnableInterContainerTrafficEncryption: true
      $NETWORK
    $OWNER
  Model:
    ExecutionRoleArn: $JOB_ROLE
    EnableNetworkIsolation: true
    $NETWORK
    $OWNER
  EndpointConfig:
    $OWNER
  Endpoint:
    $OWNER
  TransformJob:
    $OWNER
YAML
chmod 0644 /etc/xdg/sagemaker/config.yaml
