/// What the simulated services have in common: callers, refusals, rows, filters, schemas.
@NullMarked
package dev.fairway.testkit.openstack.sim;

import org.jspecify.annotations.NullMarked;
