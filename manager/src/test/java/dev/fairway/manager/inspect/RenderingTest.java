// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairway.cloud.plan.Effect;
import dev.fairway.cloud.plan.Note;
import dev.fairway.manager.desired.ServiceScope.Duty;
import dev.fairway.manager.inspect.Explanation.TargetView;
import dev.fairway.manager.inspect.PlanView.Step;
import dev.fairway.manager.inspect.PlanView.Waiting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What people and programs get to see, word by word.
class RenderingTest {
  private static final Plans PLANS =
      Plans.of(
          "no-delete",
          List.of(
              new PlanView(
                  "default/web",
                  List.of("default/web"),
                  List.of(
                      new Step(Effect.CREATE, "create listener TCP/80", false),
                      new Step(Effect.UPDATE, "register [node-1]", false),
                      new Step(Effect.DISRUPT, "replace it", true),
                      new Step(Effect.DELETE, "delete listener TCP/81", true)),
                  List.of(
                      Note.warning("UnsupportedProtocol", "port 9/SCTP is left out", "use TCP")),
                  Optional.of(new Waiting(1.5, "it is being provisioned")),
                  Optional.empty()),
              PlanView.frozen(
                  "default/full", List.of("default/full"), List.of(Facts.POOL_EXHAUSTED)),
              PlanView.unplanned("default/hung", List.of("default/hung"), "no answer"),
              new PlanView(
                  "shared:default/one",
                  List.of("default/a", "default/b"),
                  List.of(),
                  List.of(),
                  Optional.of(new Waiting(1, "it is being provisioned")),
                  Optional.empty()),
              settled("default/fine")));

  @Test
  void aPlanMarksWhatEachStepDoes() {
    assertThat(PlanText.ofAll(PLANS))
        .isEqualTo(
            """
            default/web
              + create listener TCP/80
              ~ register [node-1]
              ! replace it   (withheld by policy no-delete)
              - delete listener TCP/81   (withheld by policy no-delete)
              warning: UnsupportedProtocol: port 9/SCTP is left out; use TCP
              waits: it is being provisioned; looked at again after 1.5 s

            default/full
              blocking: PoolExhausted: pool a has no free IPv4 address: 0 of the 8 addresses of a are free; add addresses to it, or delete a Service that is not needed

            default/hung
              no plan: no answer

            shared:default/one (default/a, default/b)
              waits: it is being provisioned; looked at again after 1 s

            1 to create, 1 to change, 1 to delete, 1 to interrupt, 2 of them withheld by policy no-delete; 1 as they should be, 1 waiting, 1 blocked, 1 without a plan
            """);
  }

  @Test
  void whatIsAsItShouldBeIsCountedAndShownWhenAskedForByName() {
    var plans = Plans.of("sync", List.of(settled("default/fine")));

    assertThat(PlanText.ofAll(plans))
        .isEqualTo("0 to create, 0 to change, 0 to delete; 1 as they should be\n");
    assertThat(PlanText.ofNamed(plans))
        .isEqualTo(
            """
            default/fine
              nothing to do

            0 to create, 0 to change, 0 to delete; 1 as they should be
            """);
  }

  @Test
  void aPlanAsJsonHasTheseNames() {
    var plan =
        new PlanView(
            "default/web",
            List.of("default/web"),
            List.of(new Step(Effect.CREATE, "create it", true)),
            List.of(Note.info("Odd", "is odd")),
            Optional.empty(),
            Optional.empty());

    assertThat(Json.of(Plans.of("read-only", List.of(plan))))
        .isEqualTo(
            """
            {
              "policy" : "read-only",
              "loadBalancers" : [ {
                "key" : "default/web",
                "services" : [ "default/web" ],
                "steps" : [ {
                  "effect" : "CREATE",
                  "summary" : "create it",
                  "withheld" : true
                } ],
                "notes" : [ {
                  "code" : "Odd",
                  "severity" : "INFO",
                  "message" : "is odd",
                  "fix" : ""
                } ],
                "await" : null,
                "unplanned" : null
              } ],
              "summary" : {
                "create" : 1,
                "update" : 0,
                "delete" : 0,
                "disrupt" : 0,
                "withheld" : 1,
                "changing" : 1,
                "settled" : 0,
                "waiting" : 0,
                "blocked" : 0,
                "unplanned" : 0
              }
            }
            """);
  }

  @Test
  void anExplanationWalksTheChain() {
    assertThat(ExplanationText.of(Facts.serving().failing(3).explain()))
        .isEqualTo(
            """
            default/web has 192.0.2.10, but the last change could not be carried out: CloudUnavailable: no answer (3 times in a row); next try in 20 s.

            service     default/web, served: it has no class; this controller serves class fairway.dev/metal and Services without class
            group       alone
            wanted      TCP/80 to node port 30080
                        UDP/53, without a node port
                        IPv4, any address
                        externalTrafficPolicy cluster, from 10.0.0.0/8
            found       there is one, at 192.0.2.10
                        192.0.2.10: ok: answered for by node-1
            plan        nothing to do
            conditions  LoadBalancerServing=True Serving: reachable at 192.0.2.10
                        LoadBalancerProvisioning=False Complete: nothing to do (of an older version of the Service)
            endpoints   2 ready
            nodes       node-1: eligible, ready, has a ready endpoint
                        node-2: eligible, not ready
                        node-3: left out, because it is being deleted, draining, ready
            work        at rest
                        last pass failed: 2026-01-02T03:03:58Z, 7 s ago
                        last error: CloudUnavailable: no answer (3 in a row, the last 2026-01-02T03:03:58Z, 7 s ago)
                        next pass: 2026-01-02T03:04:25Z, in 20 s
            """);
  }

  @Test
  void whatIsNotOursNeedsNoChain() {
    assertThat(ExplanationText.of(Facts.serving().owned(Duty.LEAVE, "its class is x").explain()))
        .isEqualTo(
            """
            default/web is not served by this controller: its class is x.

            service     default/web, left alone: its class is x
            """);
  }

  @Test
  void ofManyNodesTheOnesThatDoNotServeComeFirst() {
    var nodes = new ArrayList<TargetView>();
    IntStream.range(0, 998)
        .forEach(
            n -> nodes.add(new TargetView("n" + n, true, Optional.empty(), false, true, false)));
    nodes.add(new TargetView("gone", false, Optional.of("has a taint"), false, true, false));
    nodes.add(new TargetView("serving", true, Optional.empty(), false, true, true));

    var text = ExplanationText.of(Facts.serving().targets(nodes).explain());

    assertThat(text)
        .contains(
            "nodes       1000 nodes: 999 eligible, 1000 ready, 1 with a ready endpoint\n"
                + "            gone: left out, because it has a taint, ready\n"
                + "            serving: eligible, ready, has a ready endpoint\n")
        .contains("and 980 more");
  }

  @Test
  void anExplanationAsJsonHasTheseNames() throws Exception {
    var tree = new ObjectMapper().readTree(Json.of(Facts.serving().failing(2).explain()));

    assertThat(tree.fieldNames())
        .toIterable()
        .containsExactly(
            "service",
            "cause",
            "at",
            "ownership",
            "group",
            "wanted",
            "found",
            "plan",
            "conditions",
            "readyEndpoints",
            "targets",
            "work");
    assertThat(tree.path("at").asText()).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(tree.path("work").fieldNames())
        .toIterable()
        .containsExactly("state", "since", "next", "lastPass", "lastPassSucceeded", "lastError");
    assertThat(tree.path("work").path("lastError").fieldNames())
        .toIterable()
        .containsExactly("reason", "message", "first", "last", "count");
    assertThat(tree.path("found").path("details").get(0).fieldNames())
        .toIterable()
        .containsExactly("subject", "state", "text");
    assertThat(tree.path("targets").get(0).fieldNames())
        .toIterable()
        .containsExactly("node", "eligible", "why", "draining", "ready", "endpoint");
  }

  @Test
  void orphansSayWhereTheyAreAndWhatBecomesOfThem() {
    var seen = Instant.parse("2026-01-02T03:04:05Z");
    var orphans =
        List.of(
            new OrphanView("default/a", List.of("192.0.2.1"), Optional.empty(), Optional.empty()),
            new OrphanView(
                "default/b", List.of(), Optional.of(seen), Optional.of(seen.plusSeconds(3600))));

    assertThat(OrphanText.of(orphans))
        .isEqualTo(
            """
            default/a at 192.0.2.1, stays until somebody deletes it
            default/b, seen first at 2026-01-02T03:04:05Z, to be deleted after 2026-01-02T04:04:05Z

            2 that no Service claims
            """);
    assertThat(OrphanText.of(List.of())).hasLineCount(1).startsWith("no orphans");
    assertThat(Json.of(orphans.subList(0, 1)))
        .isEqualTo(
            """
            {
              "orphans" : [ {
                "key" : "default/a",
                "ingress" : [ "192.0.2.1" ],
                "firstSeen" : null,
                "deletedAfter" : null
              } ]
            }
            """);
  }

  private static PlanView settled(String key) {
    return new PlanView(
        key, List.of(key), List.of(), List.of(), Optional.empty(), Optional.empty());
  }
}
