/// Looking at one VIP from several nodes, and saying what is wrong with it.
@NullMarked
package dev.fairway.metal.look;

import org.jspecify.annotations.NullMarked;
