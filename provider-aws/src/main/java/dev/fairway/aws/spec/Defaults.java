// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import java.util.SortedMap;

/// What holds where the Services do not say: from the configuration.
///
/// @param managedGroups whether load balancers get security groups of ours
/// @param targetsPerZone how many nodes of a zone a target group takes; 0 for all
/// @param subsettingFromNodes below this number of nodes all are taken in any case
/// @param tags put on everything
/// @param sslPolicy of TLS listeners
public record Defaults(
    Scheme scheme,
    TargetType targetType,
    boolean managedGroups,
    int targetsPerZone,
    int subsettingFromNodes,
    SortedMap<String, String> tags,
    String sslPolicy) {}
