// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.octavia;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.testkit.openstack.sim.Caller;
import dev.fairway.testkit.openstack.sim.Refused;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Members of pools: one by one, and all at once.
final class Batch {
  private final Lifecycle lifecycle;
  private final Children children;
  private final Quotas quotas;
  private final Providers providers;
  private final PoolRules rules;
  private final InstantSource clock;

  Batch(
      Lifecycle lifecycle,
      Children children,
      Quotas quotas,
      Providers providers,
      PoolRules rules,
      InstantSource clock) {
    this.lifecycle = lifecycle;
    this.children = children;
    this.quotas = quotas;
    this.providers = providers;
    this.rules = rules;
    this.clock = clock;
  }

  /// Members that are not named go, unless `additive`.
  void replace(Caller caller, Pool pool, JsonNode wanted, boolean additive) {
    wanted.forEach(member -> Schemas.MEMBER_POST.check("members_.members", member));
    lifecycle.checkMutable(pool);
    var named = new HashSet<String>();
    var fresh = new ArrayList<JsonNode>();
    for (var member : wanted) {
      var key = Member.key(member);
      if (!pool.members().containsKey(key)) {
        fresh.add(member);
      } else if (!named.add(key)) {
        throw Refused.validation("Member must be updated only once in the same request.");
      }
      if (fresh.contains(member) && !named.add(key)) {
        throw Refused.octavia(
            409,
            "Another member on this pool is already using ip %s on protocol_port %s"
                .formatted(member.path("address").asText(), member.path("protocol_port").asText()));
      }
    }
    var gone =
        additive
            ? List.<Member>of()
            : pool.members().values().stream()
                .filter(member -> !named.contains(member.key()))
                .toList();
    if (wanted.isEmpty() && gone.isEmpty()) {
      return;
    }
    quotas.check(pool.project(), Quotas.Kind.MEMBER, fresh.size() - gone.size());
    fresh.forEach(member -> rules.checkSubnet(caller, member));
    checkProvider(pool, wanted);
    carryOut(pool, wanted, fresh, gone);
  }

  private void carryOut(Pool pool, JsonNode wanted, List<JsonNode> fresh, List<Member> gone) {
    var now = clock.instant();
    for (var member : wanted) {
      var known = pool.members().get(Member.key(member));
      if (known != null) {
        known.replace(member);
        known.provisioning(Status.PENDING_UPDATE, now);
      }
    }
    fresh.forEach(member -> children.member(pool, member));
    gone.forEach(member -> member.provisioning(Status.PENDING_DELETE, now));
    begin(pool);
  }

  /// All or nothing.
  private void checkProvider(Pool pool, JsonNode wanted) {
    for (var member : wanted) {
      var probe = new Member("", member, false, clock.instant());
      providers.checkMember(
          pool.balancer(), probe, rules.inVipSubnet(pool.balancer(), probe), true);
    }
  }

  ObjectNode add(Caller caller, Pool pool, JsonNode wanted) {
    Schemas.MEMBER_POST.check("member_.member", wanted);
    rules.checkSubnet(caller, wanted);
    quotas.check(pool.project(), Quotas.Kind.MEMBER, 1);
    lifecycle.checkMutable(pool);
    var member = children.member(pool, wanted);
    begin(pool);
    return member.view(pool.project());
  }

  ObjectNode update(Pool pool, Member member, JsonNode wanted) {
    Schemas.MEMBER_PUT.check("member_.member", wanted);
    lifecycle.checkMutable(pool);
    member.merge(wanted);
    member.provisioning(Status.PENDING_UPDATE, clock.instant());
    begin(pool);
    return member.view(pool.project());
  }

  void remove(Pool pool, Member member) {
    lifecycle.checkMutable(pool);
    member.provisioning(Status.PENDING_DELETE, clock.instant());
    begin(pool);
  }

  private void begin(Pool pool) {
    var touched = new ArrayList<Part>(pool.listeners());
    touched.add(pool);
    lifecycle.begin(pool.balancer(), Status.PENDING_UPDATE, touched);
  }
}
