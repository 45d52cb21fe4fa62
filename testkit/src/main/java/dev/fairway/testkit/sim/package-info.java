/// A cloud in memory, with latency, faults at any step, stale reads and a record of every call, and
/// the provider for it.
@NullMarked
package dev.fairway.testkit.sim;

import org.jspecify.annotations.NullMarked;
