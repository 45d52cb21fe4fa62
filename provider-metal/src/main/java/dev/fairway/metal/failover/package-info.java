/// Which owner of a VIP answers for it when others fall silent, without the API server: pure.
@NullMarked
package dev.fairway.metal.failover;

import org.jspecify.annotations.NullMarked;
