# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# openstack-cloud-controller-manager, the reference of `bench openstack`: given, cached or compiled, in this order.
# Exports FAIRWAY_OPENSTACK_REFERENCE.

OPENSTACKREF_SOURCE=$ROOT/deploy/lab/openstack/reference
OPENSTACKREF_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/fairway/openstackref
OPENSTACKREF_LOG=$OPENSTACKREF_CACHE/build.$$.log

openstackref_start() {
  if [ -n "${FAIRWAY_OPENSTACK_REFERENCE:-}" ]; then
    [ -x "$FAIRWAY_OPENSTACK_REFERENCE" ] || die "FAIRWAY_OPENSTACK_REFERENCE=$FAIRWAY_OPENSTACK_REFERENCE is not an executable file"
  else
    FAIRWAY_OPENSTACK_REFERENCE=$OPENSTACKREF_CACHE/$(openstackref_key)
    [ -x "$FAIRWAY_OPENSTACK_REFERENCE" ] || job_start openstackref "$OPENSTACKREF_LOG" openstackref_obtain "$FAIRWAY_OPENSTACK_REFERENCE"
  fi
  export FAIRWAY_OPENSTACK_REFERENCE
}

openstackref_label() { printf 'openstack-cloud-controller-manager %s' "$(go_program_version "$OPENSTACKREF_SOURCE" k8s.io/cloud-provider-openstack)"; }

openstackref_detail() { go_program_detail "$1"; }

openstackref_explain() {
  tail -n 5 "$OPENSTACKREF_LOG" >&2
  die "no openstack-cloud-controller-manager: set FAIRWAY_OPENSTACK_REFERENCE to its binary, leave it out with --only fairway, or see $OPENSTACKREF_LOG"
}

openstackref_obtain() { go_program_obtain "$OPENSTACKREF_SOURCE" "$1" openstackref_compile; }

openstackref_compile() { GOCACHE=$1 "$OPENSTACKREF_SOURCE/build.sh" "$2"; }

openstackref_key() { go_program_key "$OPENSTACKREF_SOURCE" k8s.io/cloud-provider-openstack; }
