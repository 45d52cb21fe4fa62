/// Metrics, health and readiness over HTTP.
@NullMarked
package dev.fairway.manager.telemetry;

import org.jspecify.annotations.NullMarked;
