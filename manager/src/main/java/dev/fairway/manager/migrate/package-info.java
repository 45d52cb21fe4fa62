/// Moving from another program: reading what it was told, and saying what comes of it.
@NullMarked
package dev.fairway.manager.migrate;

import org.jspecify.annotations.NullMarked;
