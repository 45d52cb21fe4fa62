/// The only package that knows the Kubernetes client: custom resources, informers, writes, the
/// speaker's feed.
@NullMarked
package dev.fairway.metal.cloud;

import org.jspecify.annotations.NullMarked;
