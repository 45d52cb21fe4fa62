/// OpenStack Octavia load balancers. Nothing is built here yet: the module holds the pinned,
/// convergent dependencies that the provider starts from.
@NullMarked
package dev.fairway.openstack;

import org.jspecify.annotations.NullMarked;
