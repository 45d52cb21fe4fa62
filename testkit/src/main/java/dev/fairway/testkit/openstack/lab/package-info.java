/// A real Keystone, Neutron and Octavia on loopback, for tests and for development.
@NullMarked
package dev.fairway.testkit.openstack.lab;

import org.jspecify.annotations.NullMarked;
