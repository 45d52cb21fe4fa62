// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.octavia;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.testkit.openstack.sim.Caller;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;

/// What tests may do to the load balancer service that no client can.
public final class Controls {
  private final Store store;
  private final Lifecycle lifecycle;
  private final Balancers balancers;
  private final Quotas quotas;
  private final Offers offers;
  private final Providers providers;
  private final InstantSource clock;

  Controls(
      Store store,
      Lifecycle lifecycle,
      Balancers balancers,
      Quotas quotas,
      Offers offers,
      Providers providers,
      InstantSource clock) {
    this.store = store;
    this.lifecycle = lifecycle;
    this.balancers = balancers;
    this.quotas = quotas;
    this.offers = offers;
    this.providers = providers;
    this.clock = clock;
  }

  /// How long changes that begin from now on take; zero at first.
  public void delay(Duration delay) {
    lifecycle.delay(delay);
  }

  /// How long load balancers of the provider ovn are `ACTIVE` before that is true of what was made
  /// with them; zero at first.
  public void lag(Duration lag) {
    lifecycle.lag(lag);
  }

  /// So many of the next changes end in `ERROR`.
  public void failNext(int changes) {
    lifecycle.failNext(changes);
  }

  /// The next change of this listener, pool, monitor or member ends in `ERROR`, and its load
  /// balancer `ACTIVE` all the same: as when Octavia reverts what it could not do.
  public void failPart(String id) {
    lifecycle.failPart(id);
  }

  /// Both states of a load balancer; a change under way is forgotten. `updated_at` stays as it is.
  public void status(String balancer, String provisioning, String operating) {
    var found = store.balancer(balancer);
    lifecycle.forget(found);
    found.row().put(Status.PROVISIONING, provisioning).put(Status.OPERATING, operating);
  }

  /// Both states of a listener, pool or monitor.
  public void childStatus(String child, String provisioning, String operating) {
    store.balancers().stream()
        .flatMap(balancer -> Store.parts(balancer).stream())
        .filter(part -> part.id().equals(child))
        .findFirst()
        .orElseThrow()
        .row()
        .put(Status.PROVISIONING, provisioning)
        .put(Status.OPERATING, operating);
  }

  /// The operating status of all members of a pool.
  public void memberStatus(String pool, String operating) {
    store.pool(pool).members().values().forEach(member -> member.operating(operating));
  }

  /// The change that a load balancer is in, or the next one, does not end before [#release].
  public void hold(String balancer) {
    store.balancer(balancer).held = true;
  }

  public void release(String balancer) {
    store.balancer(balancer).held = false;
  }

  /// Gives a load balancer to another project.
  public void owner(String balancer, String project) {
    var found = store.balancer(balancer);
    found.row().put("project_id", project).put("tenant_id", project);
    Store.parts(found)
        .forEach(part -> part.row().put("project_id", project).put("tenant_id", project));
  }

  /// Makes a load balancer with all of its children, `ACTIVE` at once.
  ///
  /// @param wanted as in the body of a POST, below `loadbalancer`
  /// @return its id
  public String plant(String project, JsonNode wanted) {
    return balancers.plant(new Caller(project, false), wanted);
  }

  /// It is gone as if an administrator had purged it: without its port's deletion.
  public void vanish(String balancer) {
    var found = store.balancer(balancer);
    lifecycle.forget(found);
    store.remove(found);
  }

  /// @param kind `loadbalancer`, `listener`, `pool`, `healthmonitor` or `member`
  /// @param limit -1 for none
  public void quota(String project, String kind, int limit) {
    quotas.set(project, Quotas.Kind.of(kind), limit);
  }

  /// Makes a flavor.
  public void flavor(String id) {
    offers.flavor(id);
  }

  /// Makes an availability zone.
  public void zone(String name) {
    offers.zone(name);
  }

  /// The newest minor version that it names; 30 at first.
  public void newestVersion(int minor) {
    offers.newest(minor);
  }

  /// Only these drivers from now on.
  public void providers(Collection<String> names) {
    providers.enable(names);
  }

  /// Moves a load balancer's `updated_at`, as any change does.
  public void touch(String balancer) {
    var found = store.balancer(balancer);
    found.status(found.status(), clock.instant());
  }

  /// How many load balancers there are.
  public int count() {
    return store.balancers().size();
  }
}
