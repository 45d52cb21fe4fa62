/// The simulated cloud behind HTTP, so that controllers in processes of their own can use it, live
/// or die.
@NullMarked
package dev.fairway.testkit.sim.remote;

import org.jspecify.annotations.NullMarked;
