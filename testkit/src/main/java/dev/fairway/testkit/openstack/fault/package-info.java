/// What goes wrong between a client and OpenStack, by script.
@NullMarked
package dev.fairway.testkit.openstack.fault;

import org.jspecify.annotations.NullMarked;
