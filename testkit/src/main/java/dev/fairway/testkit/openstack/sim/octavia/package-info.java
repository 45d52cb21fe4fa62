/// Load balancers and their children, as Octavia answers.
@NullMarked
package dev.fairway.testkit.openstack.sim.octavia;

import org.jspecify.annotations.NullMarked;
