/// Everything that can go wrong in a cloud call, as one sealed type.
@NullMarked
package dev.fairway.cloud.error;

import org.jspecify.annotations.NullMarked;
