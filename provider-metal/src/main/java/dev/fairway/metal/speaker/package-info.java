/// What one node announces, from the list it is given to what it reports back.
@NullMarked
package dev.fairway.metal.speaker;

import org.jspecify.annotations.NullMarked;
