/// Answering ARP for the VIPs of this node, and telling the network when one arrives.
@NullMarked
package dev.fairway.metal.l2;

import org.jspecify.annotations.NullMarked;
