// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.limit;

/// What an error code of AWS stands for.
sealed interface Meaning {
  record Throttle() implements Meaning {}

  record Outage() implements Meaning {}

  record Forbidden() implements Meaning {}

  /// @param problem continues "the AWS credentials"
  record BadCredentials(String problem) implements Meaning {}

  /// @param name as in Service Quotas
  record Quota(String name) implements Meaning {}

  /// @param state continues the name of the operation and "has to wait:"
  record Busy(String state) implements Meaning {}

  /// What was planned with is gone, or is there already.
  record Changed() implements Meaning {}

  /// @param field the annotation or setting that most probably caused it
  /// @param fix what to write instead
  record Wrong(String field, String fix) implements Meaning {}

  /// One code for several causes, which only the message tells apart.
  record DependsOnMessage() implements Meaning {}
}
