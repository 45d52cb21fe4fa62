/// Networks, ports, floating IPs and security groups, as Neutron answers.
@NullMarked
package dev.fairway.testkit.openstack.sim.network;

import org.jspecify.annotations.NullMarked;
