/// A little data centre in network namespaces: LAN, nodes with kube-proxy, pods, clients, a router.
@NullMarked
package dev.fairway.testkit.world;

import org.jspecify.annotations.NullMarked;
