/// A simulated OpenStack, and the proxy in front of any OpenStack that counts and breaks.
@NullMarked
package dev.fairway.testkit.openstack;

import org.jspecify.annotations.NullMarked;
