/// Child processes with a log, and waiting for what they bring about.
@NullMarked
package dev.fairway.testkit.process;

import org.jspecify.annotations.NullMarked;
