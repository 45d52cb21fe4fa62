// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.testkit.openstack.http.Answer;
import dev.fairway.testkit.openstack.http.Json;
import dev.fairway.testkit.openstack.http.Request;
import dev.fairway.testkit.openstack.sim.Caller;
import dev.fairway.testkit.openstack.sim.Refused;
import java.time.InstantSource;
import java.util.function.BiConsumer;

/// One request about one kind of thing: what is the same for all kinds.
record ResourceCall(
    Resource resource,
    Caller caller,
    Request request,
    String url,
    Quotas quotas,
    InstantSource clock) {
  private static final String REVISION = "revision_number=";

  Answer onAll() {
    return switch (request.method()) {
      case "GET" -> listed();
      case "POST" -> created();
      default -> throw notAllowed();
    };
  }

  Answer onOne(String id, BiConsumer<Resource, String> gone) {
    var row = resource.get(caller, id);
    return switch (request.method()) {
      case "GET" -> shown(200, listing().fields(resource.view(row)));
      case "PUT" -> {
        checkOwner(row, "update_");
        changed(row);
        yield shown(200, resource.view(row));
      }
      case "DELETE" -> {
        checkOwner(row, "delete_");
        checkRevision(row);
        resource.delete(caller, row);
        gone.accept(resource, id);
        yield Answer.empty(204);
      }
      default -> throw notAllowed();
    };
  }

  /// A port that stays as it is keeps its revision, and nobody asks which one was expected.
  private void changed(ObjectNode row) {
    var before = row.deepCopy();
    resource.update(caller, row, request.json().path(resource.singular()));
    if (!(resource instanceof Ports) || !row.equals(before)) {
      try {
        checkRevision(row);
      } catch (Refused refused) {
        row.setAll(before);
        throw refused;
      }
      Row.touch(row, clock.instant());
    }
  }

  Answer onTags(String id) {
    var row = resource.get(caller, id);
    if (request.method().equals("PUT")) {
      checkOwner(row, "update_");
      row.set("tags", request.json().path("tags"));
      Row.touch(row, clock.instant());
    }
    return Answer.json(200, Json.object().set("tags", row.path("tags")));
  }

  private Answer listed() {
    var visible = resource.all().stream().filter(row -> resource.visible(caller, row));
    return Answer.json(200, listing().of(resource, visible));
  }

  private Listing listing() {
    return new Listing(request.query(), url + request.path());
  }

  private Answer created() {
    var body = request.json();
    if (body.has(resource.plural())) {
      var wanted = body.path(resource.plural());
      quotas.check(caller, resource, wanted.size());
      var made = Json.object();
      var list = made.putArray(resource.plural());
      wanted.forEach(one -> list.add(resource.view(resource.create(caller, one))));
      return Answer.json(201, made);
    }
    quotas.check(caller, resource, 1);
    return shown(201, resource.view(resource.create(caller, body.path(resource.singular()))));
  }

  private Answer shown(int status, ObjectNode row) {
    return Answer.json(status, Json.object().<ObjectNode>set(resource.singular(), (JsonNode) row));
  }

  private void checkOwner(ObjectNode row, String verb) {
    if (!caller.mayRead(Row.project(row))) {
      throw Resource.forbidden(verb + resource.singular());
    }
  }

  private void checkRevision(ObjectNode row) {
    var expected = request.header("if-match").filter(text -> text.startsWith(REVISION));
    var current = row.path("revision_number").asText();
    if (expected.isPresent() && !expected.get().substring(REVISION.length()).equals(current)) {
      throw Refused.neutron(
          412,
          "RevisionNumberConstraintFailed",
          "Constrained to %s, but current revision is %s"
              .formatted(expected.get().substring(REVISION.length()), current));
    }
  }

  private static Refused notAllowed() {
    return Refused.neutron(
        405, "HTTPMethodNotAllowed", "The method is not allowed for this resource.");
  }
}
