// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.plan;

import java.time.Duration;

/// "Look again later": the way to wait, because no thread ever does.
///
/// @param after when to look again, counted from now
/// @param because what is waited for, as users see it; one line
public record Await(Duration after, String because) {}
