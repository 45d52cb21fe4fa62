/// Addresses from a pool, announced by the cluster's own nodes: the five methods and their wiring.
@NullMarked
package dev.fairway.metal;

import org.jspecify.annotations.NullMarked;
