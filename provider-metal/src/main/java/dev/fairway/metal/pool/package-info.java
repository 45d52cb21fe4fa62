/// Which addresses a pool has and which of them are free: parsing, overlap and allocation, pure.
@NullMarked
package dev.fairway.metal.pool;

import org.jspecify.annotations.NullMarked;
