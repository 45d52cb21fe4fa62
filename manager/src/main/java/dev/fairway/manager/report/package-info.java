/// What users see: status, conditions and events, written only when they change.
@NullMarked
package dev.fairway.manager.report;

import org.jspecify.annotations.NullMarked;
