/// What AWS does and emulators do not: one class for each rule.
@NullMarked
package dev.fairway.testkit.aws.rules;

import org.jspecify.annotations.NullMarked;
