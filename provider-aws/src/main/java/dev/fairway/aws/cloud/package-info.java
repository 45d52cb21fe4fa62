// SPDX-License-Identifier: Apache-2.0
/// Talks to AWS: reading, applying, and what is remembered of it.
@NullMarked
package dev.fairway.aws.cloud;

import org.jspecify.annotations.NullMarked;
