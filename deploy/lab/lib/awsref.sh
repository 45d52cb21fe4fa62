# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# aws-cloud-controller-manager, the reference of `bench aws`: given, cached or compiled, in this order. Exports FAIRWAY_AWS_REFERENCE.

AWSREF_SOURCE=$ROOT/deploy/lab/aws/reference
AWSREF_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/fairway/awsref
AWSREF_LOG=$AWSREF_CACHE/build.$$.log

awsref_start() {
  if [ -n "${FAIRWAY_AWS_REFERENCE:-}" ]; then
    [ -x "$FAIRWAY_AWS_REFERENCE" ] || die "FAIRWAY_AWS_REFERENCE=$FAIRWAY_AWS_REFERENCE is not an executable file"
  else
    FAIRWAY_AWS_REFERENCE=$AWSREF_CACHE/$(awsref_key)
    [ -x "$FAIRWAY_AWS_REFERENCE" ] || job_start awsref "$AWSREF_LOG" awsref_obtain "$FAIRWAY_AWS_REFERENCE"
  fi
  export FAIRWAY_AWS_REFERENCE
}

awsref_label() { printf 'aws-cloud-controller-manager %s' "$(go_program_version "$AWSREF_SOURCE" k8s.io/cloud-provider-aws)"; }

awsref_detail() { go_program_detail "$1"; }

awsref_explain() {
  tail -n 5 "$AWSREF_LOG" >&2
  die "no aws-cloud-controller-manager: set FAIRWAY_AWS_REFERENCE to its binary, leave it out with --only fairway, or see $AWSREF_LOG"
}

awsref_obtain() { go_program_obtain "$AWSREF_SOURCE" "$1" awsref_compile; }

awsref_compile() { GOCACHE=$1 "$AWSREF_SOURCE/build.sh" "$2"; }

awsref_key() { go_program_key "$AWSREF_SOURCE" k8s.io/cloud-provider-aws; }
