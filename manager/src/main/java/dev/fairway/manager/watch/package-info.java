/// What the API server tells, as views and as keys in the queue.
@NullMarked
package dev.fairway.manager.watch;

import org.jspecify.annotations.NullMarked;
