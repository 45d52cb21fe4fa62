// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

/// What a controller makes for Services.
enum AwsKind {
  LOAD_BALANCER,
  LISTENER,
  TARGET_GROUP,
  SECURITY_GROUP,
  SECURITY_GROUP_RULE
}
