// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.cloud.annotation.Findings;
import dev.fairway.cloud.model.Frontend;
import dev.fairway.cloud.model.Protocol;
import dev.fairway.cloud.model.ServiceRef;
import dev.fairway.cloud.plan.Note;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Gives the frontends of a group their listeners: ELBv2 has one listener a port, and not more than
/// 50 a load balancer.
///
/// @param services oldest claim first
/// @param mergeTcpUdp whether TCP and UDP of one port may become one listener
/// @param tls whether a frontend takes TLS
/// @param sameTargets whether two frontends go to the same targets
record Slots(
    List<ServiceRef> services,
    boolean mergeTcpUdp,
    Predicate<Frontend> tls,
    BiPredicate<Frontend, Frontend> sameTargets) {

  /// Quota "Listeners per Network Load Balancer"; AWS does not raise it.
  static final int MOST_LISTENERS = 50;

  private static final int MOST_NAMED = 10;

  /// The listeners, ordered by port.
  List<Slot> of(List<Frontend> frontends, Findings findings) {
    // TCP comes before UDP of the same Service.
    var byClaim =
        frontends.stream()
            .filter(frontend -> frontend.protocol() != Protocol.SCTP)
            .sorted(Comparator.comparingInt(this::claim).thenComparing(Frontend::protocol))
            .collect(Collectors.groupingBy(Frontend::port, TreeMap::new, Collectors.toList()));
    var slots = byClaim.values().stream().map(alike -> slot(alike, findings)).toList();
    return limited(slots, findings);
  }

  private int claim(Frontend frontend) {
    return services.indexOf(frontend.service());
  }

  private Slot slot(List<Frontend> ofOnePort, Findings findings) {
    var first = ofOnePort.getFirst();
    if (ofOnePort.size() == 1) {
      return alone(first);
    }
    var second = ofOnePort.get(1);
    if (joins(first, second)) {
      return new Slot(ofOnePort, ListenerProtocol.TCP_UDP);
    }
    findings.add(notServed(first, second));
    return alone(first);
  }

  private Slot alone(Frontend frontend) {
    return new Slot(
        List.of(frontend),
        switch (frontend.protocol()) {
          case TCP -> tls.test(frontend) ? ListenerProtocol.TLS : ListenerProtocol.TCP;
          case UDP -> ListenerProtocol.UDP;
          case SCTP -> throw new IllegalArgumentException("no listener speaks SCTP");
        });
  }

  private boolean joins(Frontend first, Frontend second) {
    return mergeTcpUdp
        && !takesTls(first, second)
        && sameTargets.test(first, second)
        && alike(first, second);
  }

  private boolean takesTls(Frontend first, Frontend second) {
    return tls.test(first) || tls.test(second);
  }

  // Otherwise one of the two would be open to whom it must not be, or be asked on the wrong nodes.
  private static boolean alike(Frontend first, Frontend second) {
    return first.traffic().equals(second.traffic())
        && first.backend().healthCheck().equals(second.backend().healthCheck());
  }

  private Note notServed(Frontend served, Frontend left) {
    var start =
        "%s is not served, because a Network Load Balancer has one listener a port, and %s"
            .formatted(text(left), text(served));
    var port = "choose another port";
    if (takesTls(served, left)) {
      return Note.warning(
          "PortNotServed",
          start + ", which it cannot be joined with where TLS is spoken, has it",
          port
              + ", or leave %d out of %s"
                  .formatted(left.port(), ListenerAnnotations.SSL_PORTS.key()));
    }
    if (!mergeTcpUdp) {
      return Note.warning(
          "PortNotServed",
          start + " has it",
          port + ", or set annotation %s to true".formatted(ListenerAnnotations.TCP_UDP.key()));
    }
    return sameTargets.test(served, left)
        ? Note.warning(
            "PortNotServed",
            start + " has it, with other source ranges or another externalTrafficPolicy",
            port + ", or give both the same")
        : Note.warning(
            "PortNotServed",
            start + " has it, with other targets" + nodePorts(served, left),
            "give both the same nodePort, or " + port);
  }

  private static String nodePorts(Frontend served, Frontend left) {
    var one = served.backend().nodePort();
    var other = left.backend().nodePort();
    return one.isPresent() && other.isPresent()
        ? " (node port %d, not %d)".formatted(one.getAsInt(), other.getAsInt())
        : "";
  }

  private List<Slot> limited(List<Slot> slots, Findings findings) {
    var oldestFirst = new ArrayList<>(slots);
    oldestFirst.sort(
        Comparator.comparingInt((Slot slot) -> claim(slot.first())).thenComparingInt(Slot::port));
    if (oldestFirst.size() <= MOST_LISTENERS) {
      return slots;
    }
    var over = oldestFirst.subList(MOST_LISTENERS, oldestFirst.size());
    findings.add(tooMany(over));
    var served = new ArrayList<>(oldestFirst.subList(0, MOST_LISTENERS));
    served.sort(Comparator.comparingInt(Slot::port));
    return served;
  }

  private static Note tooMany(List<Slot> over) {
    var named =
        over.stream()
            .limit(MOST_NAMED)
            .map(slot -> text(slot.first()))
            .collect(Collectors.joining(", "));
    var more = over.size() > MOST_NAMED ? " and %d more".formatted(over.size() - MOST_NAMED) : "";
    return Note.warning(
        "ListenerLimit",
        "%s%s: not served, because a Network Load Balancer has at most %d listeners"
            .formatted(named, more, MOST_LISTENERS),
        "give some of the Services another name in annotation fairway.dev/share, or spread the ports"
            + " over several Services");
  }

  static String text(Frontend frontend) {
    return "port %d/%s of Service %s"
        .formatted(frontend.port(), frontend.protocol(), frontend.service());
  }
}
