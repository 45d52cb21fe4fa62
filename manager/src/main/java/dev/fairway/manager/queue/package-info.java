/// One queue of keys: each at most once, one worker a key, urgent ones first, retries later and
/// later.
@NullMarked
package dev.fairway.manager.queue;

import org.jspecify.annotations.NullMarked;
