// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.cloud.annotation.Findings;
import dev.fairway.cloud.annotation.Syntax;
import dev.fairway.cloud.plan.Note;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The attributes of listeners.
final class ListenerAttributes {
  private final Map<String, Map<String, String>> byName;
  private final Findings findings;

  ListenerAttributes(List<Slot> slots, Findings findings) {
    this.findings = findings;
    byName = findings.readAll(ListenerAnnotations.ATTRIBUTES);
    var unknown = new AttributeNotes(KnownAttributes.OF_LISTENERS, findings);
    byName.forEach((name, attributes) -> {
      unknown.tell(keyOf(name), attributes);
      if (slots.stream().noneMatch(slot -> isFor(slot, name))) {
        findings.add(
            Note.warning(
                "PortNotFound",
                "annotation %s is for a listener that there is not".formatted(keyOf(name)),
                "write one of %s"
                    .formatted(
                        slots.stream().map(slot -> slot.protocol() + "-" + slot.port()).toList())));
      }
    });
  }

  private static String keyOf(String name) {
    return ListenerAnnotations.ATTRIBUTES_STEM.key() + "." + name;
  }

  private static boolean isFor(Slot slot, String name) {
    return ListenerName.SYNTAX.read(name) instanceof Syntax.Good<ListenerName>(var listener)
        && slot.is(listener);
  }

  SortedMap<String, String> of(Slot slot) {
    var attributes = new TreeMap<String, String>();
    byName.forEach((name, values) -> {
      if (isFor(slot, name)) {
        attributes.putAll(values);
      }
    });
    // The very name of the listener counts most.
    attributes.putAll(byName.getOrDefault(slot.protocol() + "-" + slot.port(), Map.of()));
    if (speaksNoTcp(slot) && attributes.remove(KnownAttributes.TCP_IDLE_TIMEOUT) != null) {
      findings.add(
          Note.warning(
              "NotApplied",
              "attribute %s is not applied to listener %s, which cannot have it"
                  .formatted(KnownAttributes.TCP_IDLE_TIMEOUT, slot.id()),
              "remove it"));
    }
    return attributes;
  }

  // User guide, "Listener attributes": the timeout of TLS is 350 seconds, that of UDP 120.
  private static boolean speaksNoTcp(Slot slot) {
    return switch (slot.protocol()) {
      case UDP, TLS -> true;
      case TCP, TCP_UDP -> false;
    };
  }
}
