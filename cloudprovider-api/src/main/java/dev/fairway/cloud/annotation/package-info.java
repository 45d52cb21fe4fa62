/// Annotations as data: one source for parsing, validation, suggestions and the reference page.
@NullMarked
package dev.fairway.cloud.annotation;

import org.jspecify.annotations.NullMarked;
