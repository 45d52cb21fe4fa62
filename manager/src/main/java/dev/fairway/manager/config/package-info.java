/// The configuration file and flags as one validated record.
@NullMarked
package dev.fairway.manager.config;

import org.jspecify.annotations.NullMarked;
