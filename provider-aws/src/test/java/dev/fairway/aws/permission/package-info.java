// SPDX-License-Identifier: Apache-2.0
/// The IAM policies beside what is really called.
@NullMarked
package dev.fairway.aws.permission;

import org.jspecify.annotations.NullMarked;
