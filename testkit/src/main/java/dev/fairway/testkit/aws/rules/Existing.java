// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;

/// Answers a creation with what is there already.
final class Existing {
  private Existing() {}

  /// @param kind `LoadBalancer`, `TargetGroup` or `Listener`
  static Answer answer(QueryCall create, Backend next, String kind, String arn) {
    var describe = "Describe" + kind + "s";
    var found = next.send(create.also(QueryCall.ELB, describe, kind + "Arns.member.1", arn));
    return found.withBody(found.body().replace(describe + "Res", create.action() + "Res"));
  }
}
