/// The gate that every AWS call passes: limits, circuit breakers and the translation of errors.
@NullMarked
package dev.fairway.aws.cloud.limit;

import org.jspecify.annotations.NullMarked;
