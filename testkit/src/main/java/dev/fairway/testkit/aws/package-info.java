/// The real AWS emulator, what it starts with, and the proxy in front of it that counts, corrects
/// and breaks.
@NullMarked
package dev.fairway.testkit.aws;

import org.jspecify.annotations.NullMarked;
