/// The command line.
@NullMarked
package dev.fairway.manager.cli;

import org.jspecify.annotations.NullMarked;
