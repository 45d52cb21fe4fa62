// SPDX-License-Identifier: Apache-2.0
/// Decides the steps from what is seen to what is asked for. Pure.
@NullMarked
package dev.fairway.aws.plan;

import org.jspecify.annotations.NullMarked;
