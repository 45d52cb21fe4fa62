// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;

/// What the emulator does not know to change in a listener, or refuses to, is kept from it; the
/// ledger has it.
final class ListenerChanges implements Rule {
  private final Ledger ledger;

  ListenerChanges(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public Answer answer(QueryCall call, Backend next) {
    var known = call.parameter("ListenerArn").flatMap(ledger::listener).isPresent();
    return next.send(
        known && call.action().equals("ModifyListener")
            ? call.without("Protocol").without("Certificates").without("AlpnPolicy")
            : call);
  }
}
