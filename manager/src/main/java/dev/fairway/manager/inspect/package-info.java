/// What a running controller tells of itself: plans, explanations, orphans; as data, text and JSON.
@NullMarked
package dev.fairway.manager.inspect;

import org.jspecify.annotations.NullMarked;
