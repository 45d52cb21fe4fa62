/// `./fairway bench openstack`: the calls to OpenStack of Fairway and of
/// openstack-cloud-controller-manager for the same Services, counted by a proxy in front of it.
@NullMarked
package dev.fairway.testkit.bench.openstack;

import org.jspecify.annotations.NullMarked;
