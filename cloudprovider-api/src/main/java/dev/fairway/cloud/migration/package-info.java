/// How clusters move to a provider from another program: what to read, and what comes of it.
@NullMarked
package dev.fairway.cloud.migration;

import org.jspecify.annotations.NullMarked;
