// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.model;

import dev.fairway.aws.spec.TargetId;

/// What ELBv2 says of one target.
///
/// @param state `healthy`, `unhealthy`, `initial`, `draining`, `unused`, `unavailable`
/// @param reason such as `Target.FailedHealthChecks`; may be empty
public record TargetHealth(TargetId target, String state, String reason) {}
