/// What tests of the controller and of any provider need: conformance suite, simulated cloud, real
/// cluster, namespace world.
@NullMarked
package dev.fairway.testkit;

import org.jspecify.annotations.NullMarked;
