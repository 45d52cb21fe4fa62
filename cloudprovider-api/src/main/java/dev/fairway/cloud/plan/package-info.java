/// Plans: the typed steps from what is to what should be. They are printed, filtered, tested and
/// carried out as one value.
@NullMarked
package dev.fairway.cloud.plan;

import org.jspecify.annotations.NullMarked;
