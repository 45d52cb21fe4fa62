/// The controller process: start, wiring, shutdown.
@NullMarked
package dev.fairway.manager;

import org.jspecify.annotations.NullMarked;
