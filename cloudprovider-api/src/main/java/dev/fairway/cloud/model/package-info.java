/// What a load balancer should be, in the words of Kubernetes and of no cloud: pure data.
@NullMarked
package dev.fairway.cloud.model;

import org.jspecify.annotations.NullMarked;
