// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

/// What is to be said of one of our objects: a condition without its times.
///
/// @param type of the condition
/// @param holds whether its status is True
/// @param reason for programs
/// @param message for people
record Finding(String type, boolean holds, String reason, String message) {
  static final String VALID = "Valid";
}
