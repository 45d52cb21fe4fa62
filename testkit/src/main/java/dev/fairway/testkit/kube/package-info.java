/// A real control plane (etcd, API server, chosen controllers) as processes of one test run.
@NullMarked
package dev.fairway.testkit.kube;

import org.jspecify.annotations.NullMarked;
