/// What is seen of pools, VIPs, announcements and speakers; the annotations that are read.
@NullMarked
package dev.fairway.metal.model;

import org.jspecify.annotations.NullMarked;
