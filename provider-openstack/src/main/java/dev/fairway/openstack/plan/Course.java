// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.plan;

/// The steps for a half of a group, in two parts.
///
/// @param closing what lets in fewer clients than now: it waits for nothing that may fail, not even
///   for what is to be done elsewhere
/// @param rest everything else
record Course(Steps closing, Steps rest) {
  static Course of(Steps rest) {
    return new Course(Steps.NONE, rest);
  }
}
