// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import java.util.List;

/// One thing that AWS does and the backend does not: it may answer itself, ask the backend
/// something else first, change the call, or change the answer.
@FunctionalInterface
public interface Rule {
  Answer answer(QueryCall call, Backend next);

  /// The backend behind all `rules`, the first of which sees a call first.
  static Backend chain(List<Rule> rules, Backend backend) {
    var chained = backend;
    for (var rule : rules.reversed()) {
      var next = chained;
      chained = call -> rule.answer(call, next);
    }
    return chained;
  }
}
