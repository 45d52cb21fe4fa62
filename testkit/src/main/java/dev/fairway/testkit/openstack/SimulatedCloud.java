// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack;

import dev.fairway.testkit.openstack.fault.Attempt;
import dev.fairway.testkit.openstack.http.Answer;
import dev.fairway.testkit.openstack.http.Request;
import dev.fairway.testkit.openstack.sim.Ids;
import dev.fairway.testkit.openstack.sim.Refused;
import dev.fairway.testkit.openstack.sim.identity.Account;
import dev.fairway.testkit.openstack.sim.identity.Catalogue;
import dev.fairway.testkit.openstack.sim.identity.Identity;
import dev.fairway.testkit.openstack.sim.identity.Secrets;
import dev.fairway.testkit.openstack.sim.network.Neutron;
import dev.fairway.testkit.openstack.sim.octavia.Octavia;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// The three services and what they start with. One request at a time.
final class SimulatedCloud {
  private static final String REGION = "RegionOne";

  private final ReentrantLock turn = new ReentrantLock(true);
  private final String base;
  private final Ids ids;
  private final Secrets secrets;
  private final List<Account> accounts;
  private final Identity identity;
  private final Neutron neutron;
  private final Octavia octavia;
  private final OpenStackSeed seed;

  /// @param base of all services, without a slash at its end
  SimulatedCloud(InstantSource clock, String base) {
    this.base = base;
    this.ids = new Ids(1);
    this.secrets = new Secrets(ids.plain(), ids.plain(), "ccm", ids.plain());
    this.accounts =
        List.of(account("demo", false), account("other", false), account("admin", true));
    this.identity = new Identity(clock, ids, new Catalogue(base, REGION), accounts, secrets);
    this.neutron = new Neutron(clock, ids, base + "/" + Attempt.NETWORK);
    this.octavia = new Octavia(clock, ids, neutron, base + "/" + Attempt.LOAD_BALANCER);
    this.seed = seeded();
  }

  private Account account(String name, boolean admin) {
    return new Account(ids.plain(), name, ids.plain(), name, admin);
  }

  private OpenStackSeed seeded() {
    var demo = accounts.getFirst();
    var admin = accounts.getLast();
    var outside = network(admin, "public", true);
    var outer = subnet(outside, "public-subnet", "198.18.0.0/16", "198.18.0.10", "198.18.255.250");
    var small =
        subnet(outside, "small-subnet", "198.51.100.0/24", "198.51.100.10", "198.51.100.11");
    neutron.tagSubnet(small, List.of("small"));
    var inside = network(demo, "private", false);
    var inner = subnet(inside, "private-subnet", "10.0.0.0/16", "10.0.16.10", "10.0.255.250");
    var inner6 =
        subnet(inside, "private-subnet6", "2001:db8:1::/64", "2001:db8:1::10", "2001:db8:1::ffff");
    var router = ids.next();
    neutron.plantRouter(router, demo.projectId(), outside, List.of(inner, inner6));
    return new OpenStackSeed(
        URI.create(base + "/" + Attempt.IDENTITY + "/v3"),
        REGION,
        demo.projectId(),
        demo.userId(),
        secrets.password(),
        secrets.credentialId(),
        secrets.credentialSecret(),
        accounts.get(1).projectId(),
        outside,
        outer,
        small,
        inside,
        inner,
        inner6,
        router);
  }

  private String network(Account owner, String name, boolean external) {
    var id = ids.next();
    neutron.plantNetwork(id, owner.projectId(), name, external);
    return id;
  }

  private String subnet(String network, String name, String cidr, String first, String last) {
    var id = ids.next();
    neutron.plantSubnet(id, network, name, cidr, List.of(first, last));
    return id;
  }

  OpenStackSeed seed() {
    return seed;
  }

  Identity identity() {
    return identity;
  }

  Neutron neutron() {
    return neutron;
  }

  Octavia octavia() {
    return octavia;
  }

  /// Between two requests, with all that is due done.
  <T> T exclusively(Supplier<T> work) {
    turn.lock();
    try {
      octavia.settle();
      return work.get();
    } finally {
      turn.unlock();
    }
  }

  Answer answer(Request request) {
    var end = request.path().indexOf('/', 1);
    var service = request.path().substring(1, end < 0 ? request.path().length() : end);
    var below = request.at(end < 0 ? "" : request.path().substring(end));
    try {
      return switch (service) {
        case Attempt.IDENTITY -> identity.send(below);
        case Attempt.NETWORK -> network(below);
        case Attempt.LOAD_BALANCER -> balancers(below);
        default -> Answer.text(404, "no such service");
      };
    } catch (Refused refused) {
      return refused.answer();
    } catch (IllegalArgumentException e) {
      return Answer.octavia(400, "Invalid JSON: " + e.getMessage());
    }
  }

  private Answer network(Request request) {
    var caller = identity.caller(request);
    return exclusively(() -> neutron.send(caller, request));
  }

  private Answer balancers(Request request) {
    return octavia
        .open(request)
        .orElseGet(() -> {
          var caller = identity.caller(request);
          return exclusively(() -> octavia.send(caller, request));
        });
  }
}
