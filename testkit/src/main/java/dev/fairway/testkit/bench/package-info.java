/// `./fairway bench controller`: the controller and the reference controller under the same load,
/// on the same API server, with the same simulated cloud.
@NullMarked
package dev.fairway.testkit.bench;

import org.jspecify.annotations.NullMarked;
