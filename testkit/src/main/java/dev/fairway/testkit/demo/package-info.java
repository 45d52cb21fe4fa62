/// The story that `./fairway demo` tells.
@NullMarked
package dev.fairway.testkit.demo;

import org.jspecify.annotations.NullMarked;
