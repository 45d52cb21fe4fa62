/// One writer at a time: the Lease, and the fence that stops whoever lost it.
@NullMarked
package dev.fairway.manager.election;

import org.jspecify.annotations.NullMarked;
