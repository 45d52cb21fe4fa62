/// The contract of a cloud provider as tests: extend one class and the provider is held to it.
@NullMarked
package dev.fairway.testkit.conformance;

import org.jspecify.annotations.NullMarked;
