/// Tokens and the catalogue, as Keystone answers.
@NullMarked
package dev.fairway.testkit.openstack.sim.identity;

import org.jspecify.annotations.NullMarked;
