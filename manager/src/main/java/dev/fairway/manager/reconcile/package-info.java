/// One load balancer from what is to what should be, and what follows from an error.
@NullMarked
package dev.fairway.manager.reconcile;

import org.jspecify.annotations.NullMarked;
