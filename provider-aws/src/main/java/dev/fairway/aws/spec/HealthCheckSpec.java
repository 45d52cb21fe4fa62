// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import java.util.Optional;

/// How ELBv2 tells whether a target works (API reference, ModifyTargetGroup).
///
/// @param protocol `TCP`, `HTTP` or `HTTPS`
/// @param port a number, or `traffic-port`
/// @param path only with HTTP and HTTPS
/// @param successCodes only with HTTP and HTTPS, such as `200-399`
/// @param intervalSeconds 5 to 300
/// @param timeoutSeconds 2 to 120, not more than the interval
/// @param healthyThreshold 2 to 10
/// @param unhealthyThreshold 2 to 10
public record HealthCheckSpec(
    String protocol,
    String port,
    Optional<String> path,
    Optional<String> successCodes,
    int intervalSeconds,
    int timeoutSeconds,
    int healthyThreshold,
    int unhealthyThreshold) {}
