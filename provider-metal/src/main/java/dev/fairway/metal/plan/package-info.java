/// From desired and seen to actions: which address, which owners. Pure.
@NullMarked
package dev.fairway.metal.plan;

import org.jspecify.annotations.NullMarked;
