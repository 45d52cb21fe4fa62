// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.model;

import dev.fairway.cloud.Detail;
import dev.fairway.cloud.Detail.State;
import java.util.List;
import java.util.Optional;

/// Who should answer for a Vip and who does, in one line.
final class VipDetail {
  private VipDetail() {}

  static Detail of(VipView vip, Optional<Answering> answering, Optional<String> conflict) {
    var state = state(vip, answering);
    return new Detail(
        vip.address().toString(),
        state,
        "pool %s, %s%s%s%s"
            .formatted(
                vip.pool(),
                text(vip, answering, state),
                claimed(conflict),
                standby(vip.owners()),
                held(vip.hold())));
  }

  private static String claimed(Optional<String> conflict) {
    return conflict.map("; the foreign host %s claims it too"::formatted).orElse("");
  }

  private static String held(Optional<Hold> hold) {
    return hold.map(after ->
            "; to be held for %s%s when it is let go"
                .formatted(
                    after.timeText(), after.successor().map(heir -> " for " + heir).orElse("")))
        .orElse("");
  }

  private static State state(VipView vip, Optional<Answering> answering) {
    if (vip.owners().isEmpty()) {
      return State.FAILING;
    }
    return answering.map(Answering::node).filter(vip.owners()::contains).isPresent()
        ? State.OK
        : State.WAITING;
  }

  private static String text(VipView vip, Optional<Answering> answering, State state) {
    return switch (state) {
      case FAILING -> "reserved, but no node can announce it";
      case WAITING ->
          "%s is to answer for it and has not said so yet%s"
              .formatted(
                  vip.owners().getFirst(),
                  answering.map(last -> "; the last to do was " + last.node()).orElse(""));
      case OK -> answering.map(VipDetail::answer).orElse("");
    };
  }

  private static String answer(Answering now) {
    return "answered for by %s with %s on %s since %s%s"
        .formatted(
            now.node(),
            now.mac(),
            now.interfaceName(),
            now.since(),
            now.reason().isEmpty() ? "" : ", as " + now.reason());
  }

  private static String standby(List<String> owners) {
    return owners.size() < 2
        ? ""
        : "; standing by: " + String.join(", ", owners.subList(1, owners.size()));
  }
}
