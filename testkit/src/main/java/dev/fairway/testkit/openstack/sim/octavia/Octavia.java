// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.octavia;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.testkit.openstack.http.Answer;
import dev.fairway.testkit.openstack.http.Json;
import dev.fairway.testkit.openstack.http.Request;
import dev.fairway.testkit.openstack.sim.Caller;
import dev.fairway.testkit.openstack.sim.Ids;
import dev.fairway.testkit.openstack.sim.Refused;
import dev.fairway.testkit.openstack.sim.network.Neutron;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/// The load balancer service. Not safe for several threads: its caller lets in one at a time.
public final class Octavia {
  private static final int PAGE = 1_000;

  private final Store store = new Store();
  private final Lifecycle lifecycle;
  private final Providers providers = new Providers();
  private final Quotas quotas = new Quotas(store);
  private final Offers offers;
  private final Balancers balancers;
  private final Edits edits;
  private final MemberCalls members;
  private final Controls controls;
  private final String url;
  private int pageSize = PAGE;

  /// @param url of the endpoint, without a slash at its end
  public Octavia(InstantSource clock, Ids ids, Neutron neutron, String url) {
    this.url = url;
    this.offers = new Offers(url);
    this.lifecycle = new Lifecycle(store, neutron, clock);
    var rules = new PoolRules(neutron);
    var children = new Children(ids, clock, providers, quotas, rules);
    this.balancers =
        new Balancers(
            store, lifecycle, children, quotas, providers, offers, new Vips(neutron), rules);
    this.edits = new Edits(store, lifecycle, children, providers, rules, clock);
    this.members =
        new MemberCalls(store, new Batch(lifecycle, children, quotas, providers, rules, clock));
    this.controls = new Controls(store, lifecycle, balancers, quotas, offers, providers, clock);
  }

  /// What tests may do to it.
  public Controls controls() {
    return controls;
  }

  /// The most that one page of a list holds; 1,000 at first.
  public void pageSize(int size) {
    pageSize = size;
  }

  static Refused forbidden() {
    return Refused.octavia(403, "Policy does not allow this request to be performed.");
  }

  static Balancer own(Caller caller, Balancer balancer) {
    if (!caller.mayRead(balancer.project())) {
      throw forbidden();
    }
    return balancer;
  }

  /// What is answered without a token; empty for all the rest.
  public Optional<Answer> open(Request request) {
    return request.segments().isEmpty()
        ? Optional.of(Answer.json(200, offers.versions()))
        : Optional.empty();
  }

  /// Ends the changes that are due.
  public void settle() {
    lifecycle.settle();
  }

  /// @throws Refused when it is not carried out
  public Answer send(Caller caller, Request request) {
    var path = request.segments();
    if (path.size() < 3 || !path.get(1).equals("lbaas") || !path.getFirst().startsWith("v2")) {
      throw notFound();
    }
    var rest = path.subList(3, path.size());
    return switch (path.get(2)) {
      case "loadbalancers" -> balancers(caller, request, rest);
      case "listeners" ->
          children(
              caller,
              request,
              rest,
              Lists.LISTENERS,
              store.listeners(),
              store::listener,
              edits::addListener,
              edits::update);
      case "pools" ->
          rest.size() > 1
              ? members.send(caller, request, rest, listing(request))
              : children(
                  caller,
                  request,
                  rest,
                  Lists.POOLS,
                  store.pools(),
                  store::pool,
                  edits::addPool,
                  edits::update);
      case "healthmonitors" ->
          children(
              caller,
              request,
              rest,
              Lists.HEALTHMONITORS,
              store.monitors(),
              store::monitor,
              edits::addMonitor,
              edits::update);
      case "providers" -> Answer.json(200, providers.view());
      case "flavors" -> Answer.json(200, offers.flavors());
      case "availabilityzones" -> Answer.json(200, offers.zones());
      case "quotas" -> quota(caller, request, rest);
      default -> throw notFound();
    };
  }

  static Refused notFound() {
    return Refused.octavia(404, "The resource could not be found.");
  }

  private Listing listing(Request request) {
    return new Listing(request.query(), url + request.path(), pageSize);
  }

  private Answer balancers(Caller caller, Request request, List<String> rest) {
    if (rest.isEmpty()) {
      return request.method().equals("POST")
          ? shown(201, "loadbalancer", balancers.create(caller, body(request, "loadbalancer")))
          : listed(caller, request, Lists.LOADBALANCERS, store.balancers().stream());
    }
    var balancer = own(caller, store.balancer(rest.getFirst()));
    var part = rest.size() > 1 ? " " + rest.get(1) : "";
    return switch (request.method() + part) {
      case "GET" -> shown(200, "loadbalancer", listing(request).fields(balancer.view()));
      case "PUT" ->
          shown(200, "loadbalancer", balancers.update(balancer, body(request, "loadbalancer")));
      case "DELETE" -> {
        var cascade = request.query().first("cascade").orElse("false");
        balancers.delete(balancer, cascade.equalsIgnoreCase("true") || cascade.equals("1"));
        yield Answer.empty(204);
      }
      case "GET status", "GET statuses" -> Answer.json(200, Balancers.tree(balancer));
      case "PUT failover" -> {
        balancers.failover(caller, balancer);
        yield Answer.empty(202);
      }
      default -> throw notFound();
    };
  }

  private <P extends Part> Answer children(
      Caller caller,
      Request request,
      List<String> rest,
      Lists kind,
      Stream<P> all,
      Function<String, P> find,
      BiFunction<Caller, JsonNode, ObjectNode> add,
      BiFunction<P, JsonNode, ObjectNode> update) {
    var name = kind.singular();
    if (rest.isEmpty()) {
      return request.method().equals("POST")
          ? shown(201, name, add.apply(caller, body(request, name)))
          : listed(caller, request, kind, all);
    }
    var part = find.apply(rest.getFirst());
    var _ = own(caller, part.balancer());
    return switch (request.method()) {
      case "GET" -> shown(200, name, listing(request).fields(part.view()));
      case "PUT" -> shown(200, name, update.apply(part, body(request, name)));
      case "DELETE" -> {
        edits.delete(part);
        yield Answer.empty(204);
      }
      default -> throw notFound();
    };
  }

  private Answer listed(Caller caller, Request request, Lists kind, Stream<? extends Part> parts) {
    var rows = parts.filter(part -> caller.mayRead(part.project())).map(Part::view);
    return Answer.json(200, listing(request).of(kind, rows));
  }

  private Answer quota(Caller caller, Request request, List<String> rest) {
    var project = rest.isEmpty() ? "" : rest.getFirst();
    if (request.reading() ? !caller.mayRead(project) : !caller.admin()) {
      throw forbidden();
    }
    switch (request.method()) {
      case "PUT" -> quotas.set(project, body(request, "quota"));
      case "DELETE" -> quotas.reset(project);
      default -> {}
    }
    return Answer.json(request.reading() ? 200 : 202, quotas.view(project));
  }

  private static JsonNode body(Request request, String name) {
    return request.json().path(name);
  }

  private static Answer shown(int status, String name, JsonNode row) {
    return Answer.json(status, Json.object().set(name, row));
  }
}
