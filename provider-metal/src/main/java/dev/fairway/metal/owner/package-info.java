/// Which nodes announce which VIP, and in what order they follow one another: pure.
@NullMarked
package dev.fairway.metal.owner;

import org.jspecify.annotations.NullMarked;
