/// From Services, Nodes and endpoints to what should be: pure.
@NullMarked
package dev.fairway.manager.desired;

import org.jspecify.annotations.NullMarked;
