// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.limit;

import java.util.Locale;

/// Operations that share one token bucket on the side of AWS, per account and Region.
public enum ThrottleClass {
  ELB_READ,
  ELB_REGISTER,
  ELB_WRITE,
  /// What AWS calls resource-intensive.
  ELB_CREATE,
  EC2_READ,
  EC2_WRITE;

  /// As part of a metric's name: `elb_read`.
  String metric() {
    return name().toLowerCase(Locale.ROOT);
  }
}
