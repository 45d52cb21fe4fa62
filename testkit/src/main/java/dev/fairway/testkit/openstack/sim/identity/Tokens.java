// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.identity;

import dev.fairway.testkit.openstack.sim.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The tokens that hold now.
final class Tokens {
  private final InstantSource clock;
  private final Ids ids;
  private final Map<String, Token> valid = new ConcurrentHashMap<>();
  private volatile Duration lifetime = Duration.ofHours(1);

  Tokens(InstantSource clock, Ids ids) {
    this.clock = clock;
    this.ids = ids;
  }

  record Token(String value, Account account, Instant issued, Instant expires) {
    @Override
    public String toString() {
      return "Token[" + account.userName() + "]";
    }
  }

  Token issue(Account account) {
    var now = clock.instant();
    var token = new Token("gAAAA" + ids.plain() + ids.plain(), account, now, now.plus(lifetime));
    valid.put(token.value(), token);
    return token;
  }

  Optional<Token> find(String value) {
    return Optional.ofNullable(valid.get(value))
        .filter(token -> clock.instant().isBefore(token.expires()));
  }

  void revoke(String value) {
    valid.remove(value);
  }

  void revokeAll() {
    valid.clear();
  }

  void lifetime(Duration next) {
    lifetime = next;
  }
}
