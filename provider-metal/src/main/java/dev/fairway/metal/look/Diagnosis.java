// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.look;

import dev.fairway.cloud.Detail;
import dev.fairway.cloud.Detail.State;
import dev.fairway.metal.look.KernelLook.LinkLook;
import dev.fairway.metal.look.NodeLook.Heard;
import dev.fairway.metal.model.Answering;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is wrong with a VIP, by the evidence: pure.
///
/// In the order in which it is to be mended: who answers and should not, who should and does not,
/// and then what keeps answers from getting back.
public final class Diagnosis {
  private static final int LOOSE = 2;

  private final Evidence evidence;
  private final List<NodeLook> announcers;

  private Diagnosis(Evidence evidence) {
    this.evidence = evidence;
    this.announcers = evidence.looks().stream().filter(NodeLook::announces).toList();
  }

  /// One for each thing that is wrong, the first cause first, and one about who was heard.
  public static List<Detail> of(Evidence evidence) {
    var diagnosis = new Diagnosis(evidence);
    var subject = evidence.address().toString();
    return Stream.concat(
            diagnosis.causes().stream()
                .map(cause -> new Detail(subject, cause.state(), cause.text())),
            Stream.of(new Detail(subject, State.OK, Witnesses.text(evidence))))
        .toList();
  }

  static List<VipCause> causes(Evidence evidence) {
    return new Diagnosis(evidence).causes();
  }

  private List<VipCause> causes() {
    var causes = new ArrayList<VipCause>();
    if (announcer().isEmpty()) {
      evidence.conflict().map(VipCause.Taken::new).ifPresent(causes::add);
    }
    causes.addAll(intruders());
    if (announcers.size() > 1) {
      causes.add(new VipCause.TwoAnnounce(announcers.stream().map(NodeLook::node).toList()));
    }
    if (causes.isEmpty()) {
      silence().ifPresent(causes::add);
    }
    announcers.forEach(look -> wayBack(look).ifPresent(causes::add));
    return causes;
  }

  /// The node that answers rightly, by its own word or, if it cannot be asked, by being heard.
  private Optional<String> announcer() {
    return announcers.stream()
        .map(NodeLook::node)
        .findFirst()
        .or(() ->
            evidence
                .answering()
                .filter(told -> evidence.look(told.node()).isEmpty())
                .filter(told -> isHeard(told.mac()))
                .map(Answering::node));
  }

  private boolean isHeard(String mac) {
    return answers().anyMatch(answer -> answer.mac().equals(mac));
  }

  private Stream<Heard> answers() {
    return evidence.looks().stream().flatMap(look -> look.answers().stream());
  }

  private List<VipCause> intruders() {
    return answers()
        .map(Heard::mac)
        .distinct()
        .filter(mac -> !isRightful(mac))
        .map(this::intruder)
        .sorted((one, other) -> Integer.compare(rank(one), rank(other)))
        .toList();
  }

  // What a node does is sure; a host that is not known may be one that has not said so.
  private static int rank(VipCause cause) {
    if (cause instanceof VipCause.KernelAnswers) {
      return 0;
    }
    return cause instanceof VipCause.HostAnswers ? 1 : 2;
  }

  private boolean isRightful(String mac) {
    return announcers.stream().anyMatch(look -> Evidence.isOf(look, mac))
        || evidence
            .answering()
            .filter(told -> announcer().equals(Optional.of(told.node())))
            .filter(told -> told.mac().equals(mac))
            .isPresent();
  }

  private VipCause intruder(String mac) {
    var node = evidence.nodeOf(mac);
    if (node.isEmpty()) {
      var alone = answers().allMatch(answer -> !isRightful(answer.mac()));
      return new VipCause.HostAnswers(mac, alone, announcer().or(this::first).orElse("no node"));
    }
    return node.flatMap(evidence::look)
        .map(NodeLook::kernel)
        .filter(kernel -> !kernel.holders().isEmpty())
        .<VipCause>map(
            kernel -> new VipCause.KernelAnswers(node.get(), mac, kernel.holders(), kernel.ipvs()))
        .orElseGet(() -> new VipCause.NodeAnswers(node.get(), mac));
  }

  private Optional<String> first() {
    return evidence.owners().stream().findFirst();
  }

  private Optional<VipCause> silence() {
    return announcer().isPresent() ? unheard() : first().flatMap(this::notAnnounced);
  }

  private Optional<VipCause> notAnnounced(String owner) {
    var look = evidence.look(owner);
    if (look.isEmpty()) {
      return Optional.ofNullable(evidence.silent().get(owner))
          .map(why -> new VipCause.SpeakerSilent(owner, why));
    }
    return look.map(one ->
        one.obstacle().isEmpty()
            ? new VipCause.NotYetAnnounced(owner, one.last())
            : new VipCause.CannotAnnounce(owner, one.obstacle()));
  }

  private Optional<VipCause> unheard() {
    var owner = announcer().orElseThrow();
    var by =
        evidence.looks().stream()
            .filter(look -> look.asked() && !look.node().equals(owner))
            .toList();
    return by.isEmpty() || by.stream().anyMatch(look -> !look.answers().isEmpty())
        ? Optional.empty()
        : Optional.of(new VipCause.Unheard(owner, by.stream().map(NodeLook::node).toList()));
  }

  private static Optional<VipCause> wayBack(NodeLook look) {
    var kernel = look.kernel();
    var filtering = kernel.links().stream().filter(link -> filters(kernel, link)).findFirst();
    if (filtering.isPresent()) {
      return filtering.map(link ->
          new VipCause.ReversePathFilter(
              look.node(),
              link.name(),
              link.rpFilter(),
              link.subnets(),
              kernel.reversePathDrops()));
    }
    return kernel.defaultRoutes().isEmpty() && !kernel.links().isEmpty()
        ? Optional.of(
            new VipCause.NoWayBack(
                look.node(),
                kernel.links().stream().flatMap(link -> link.subnets().stream()).toList(),
                kernel.noRouteDrops()))
        : Optional.empty();
  }

  // RFC 3704: strictly, the way back is by the same interface; loosely, there is one.
  private static boolean filters(KernelLook kernel, LinkLook link) {
    return switch (link.rpFilter()) {
      case 0 -> false;
      case LOOSE -> kernel.defaultRoutes().isEmpty();
      default -> !kernel.defaultRoutes().contains(link.name());
    };
  }
}
