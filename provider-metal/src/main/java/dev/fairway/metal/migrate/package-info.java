/// Moving from MetalLB: its objects and Services in, ours and a report out. Pure.
@NullMarked
package dev.fairway.metal.migrate;

import org.jspecify.annotations.NullMarked;
