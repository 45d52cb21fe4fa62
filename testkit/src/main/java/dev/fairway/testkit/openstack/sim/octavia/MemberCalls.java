// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.octavia;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.testkit.openstack.http.Answer;
import dev.fairway.testkit.openstack.http.Json;
import dev.fairway.testkit.openstack.http.Request;
import dev.fairway.testkit.openstack.sim.Caller;
import dev.fairway.testkit.openstack.sim.Refused;
import java.util.List;

/// Requests below `/pools/ID/members`.
record MemberCalls(Store store, Batch batch) {
  /// @param rest of the path, from the id of the pool on
  Answer send(Caller caller, Request request, List<String> rest, Listing listing) {
    var pool = pool(rest.getFirst());
    var _ = Octavia.own(caller, pool.balancer());
    return rest.size() == 2
        ? all(caller, request, pool, listing)
        : one(request, pool, rest.get(2), listing);
  }

  private Answer all(Caller caller, Request request, Pool pool, Listing listing) {
    return switch (request.method()) {
      case "GET" -> {
        var rows = pool.members().values().stream().map(member -> member.view(pool.project()));
        yield Answer.json(200, listing.of(Lists.MEMBERS, rows));
      }
      case "POST" -> shown(201, batch.add(caller, pool, request.json().path("member")));
      case "PUT" -> {
        var additive = request.query().first("additive_only").orElse("false");
        var wanted = request.json().path("members");
        batch.replace(caller, pool, wanted, additive.equalsIgnoreCase("true"));
        yield Answer.empty(202);
      }
      default -> throw Octavia.notFound();
    };
  }

  private Answer one(Request request, Pool pool, String id, Listing listing) {
    var member =
        pool.members().values().stream()
            .filter(one -> one.id().equals(id))
            .findFirst()
            .orElseThrow(() -> Store.missing("Member", id));
    return switch (request.method()) {
      case "GET" -> shown(200, listing.fields(member.view(pool.project())));
      case "PUT" -> shown(200, batch.update(pool, member, request.json().path("member")));
      case "DELETE" -> {
        batch.remove(pool, member);
        yield Answer.empty(204);
      }
      default -> throw Octavia.notFound();
    };
  }

  /// Refused in another form than everything else.
  private Pool pool(String id) {
    try {
      return store.pool(id);
    } catch (Refused _) {
      var body = Json.object().put("code", 404).put("title", "Bad Request");
      throw new Refused(
          Answer.json(404, body.put("description", "Pool %s not found.".formatted(id))));
    }
  }

  private static Answer shown(int status, JsonNode row) {
    return Answer.json(status, Json.object().set("member", row));
  }
}
