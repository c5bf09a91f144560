#!/bin/sh
# Makes $BUCKET in the S3-speaking store at $STORE, signed with $ACCESS_KEY and $SECRET_KEY. 409 means it is there.
# The keys go through standard input: arguments can be read by every user of the host.
set -eu
status=$(
  printf 'user = "%s:%s"\n' "$ACCESS_KEY" "$SECRET_KEY" |
    curl --config - --silent --show-error --max-time 30 --request PUT --aws-sigv4 aws:amz:us-east-1:s3 \
      --header 'x-amz-content-sha256: UNSIGNED-PAYLOAD' --output /dev/null --write-out '%{http_code}' "$STORE/$BUCKET"
)
case $status in
  200) echo "Bucket $BUCKET was made." ;;
  409) echo "Bucket $BUCKET is there." ;;
  *) echo "Bucket $BUCKET was not made: the store at $STORE answered $status." >&2 && exit 1 ;;
esac
