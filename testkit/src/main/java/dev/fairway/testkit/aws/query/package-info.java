/// Calls of AWS's Query protocol and their answers, without the SDK.
@NullMarked
package dev.fairway.testkit.aws.query;

import org.jspecify.annotations.NullMarked;
