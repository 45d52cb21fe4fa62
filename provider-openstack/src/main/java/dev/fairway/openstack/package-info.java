/// Load balancers of OpenStack Octavia: the provider and its wiring.
@NullMarked
package dev.fairway.openstack;

import org.jspecify.annotations.NullMarked;
