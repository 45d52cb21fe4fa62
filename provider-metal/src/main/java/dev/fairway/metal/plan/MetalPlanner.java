// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.plan;

import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.Desired.Absent;
import dev.fairway.cloud.model.Desired.Present;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.plan.Note;
import dev.fairway.cloud.plan.Plan;
import dev.fairway.metal.model.MetalAnnotations;
import dev.fairway.metal.model.MetalObserved;
import dev.fairway.metal.model.VipView;
import dev.fairway.metal.pool.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Plans the Vips of one load balancer: an address of each family, announced by the right node.
/// Pure.
public final class MetalPlanner {
  private final Present present;
  private final MetalObserved seen;
  private final Optional<String> wantedPool;
  private final List<MetalAction> actions = new ArrayList<>();
  private final List<MetalAction> releases = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();

  private MetalPlanner(Present present, MetalObserved seen, Optional<String> wantedPool) {
    this.present = present;
    this.seen = seen;
    this.wantedPool = wantedPool;
  }

  public static Plan<MetalAction> plan(Desired desired, MetalObserved seen) {
    return switch (desired) {
      case Absent _ ->
          Plan.of(
              seen.vips().stream()
                  .<MetalAction>map(
                      vip -> new MetalAction.DeleteVip(seen.key(), vip.address(), false))
                  .toList());
      case Present present -> plan(present, seen);
    };
  }

  private static Plan<MetalAction> plan(Present present, MetalObserved seen) {
    var pool = MetalAnnotations.POOL.read(present.annotations());
    var planner = new MetalPlanner(present, seen, pool.asOptional());
    return pool.note().map(planner::keepAll).orElseGet(planner::plan);
  }

  // With a wish that cannot be read, any choice would be a guess; but what is there must go on
  // following the nodes.
  private Plan<MetalAction> keepAll(Note unreadable) {
    notes.add(unreadable);
    seen.vips().forEach(this::keep);
    return Plan.of(actions).withNotes(notes);
  }

  private Plan<MetalAction> plan() {
    for (var family : present.addresses().families()) {
      plan(family);
    }
    for (var address : present.addresses().addresses()) {
      if (!present.addresses().families().contains(familyOf(address))) {
        notes.add(
            Note.warning(
                "WrongFamily",
                "address %s was asked for, but the Service is %s only"
                    .formatted(address, present.addresses().families()),
                "ask for an address of that family, or change spec.ipFamilies"));
      }
    }
    // Old addresses go last: what works is kept until what replaces it is there.
    actions.addAll(releases);
    return Plan.of(actions).withNotes(notes);
  }

  private void plan(IpFamily family) {
    var mine =
        seen.vips().stream().filter(vip -> AddressChoice.family(vip.address()) == family).toList();
    var requested =
        present.addresses().addresses().stream()
            .filter(address -> familyOf(address) == family)
            .findFirst()
            .map(IpAddress::of);
    switch (AddressChoice.of(family, requested, wantedPool, mine, seen.surroundings().pools())) {
      case AddressChoice.Keep(var vip) -> {
        keep(vip);
        release(mine, vip.address());
      }
      case AddressChoice.Take(var address, var pool, var asked) -> {
        take(address, pool, asked);
        release(mine, address);
      }
      case AddressChoice.None(var note) -> {
        notes.add(note);
        mine.forEach(this::keep);
      }
    }
  }

  private void take(IpAddress address, String pool, boolean requested) {
    var announcers = announcers(address, pool, List.of());
    var vip = new VipView(address, pool, announcers.owners(), announcers.interfaces());
    actions.add(new MetalAction.CreateVip(seen.key(), vip, requested));
  }

  private void keep(VipView vip) {
    var announcers = announcers(vip.address(), vip.pool(), vip.owners());
    var wanted =
        new VipView(vip.address(), vip.pool(), announcers.owners(), announcers.interfaces());
    if (!wanted.equals(vip)) {
      actions.add(new MetalAction.UpdateVip(seen.key(), vip, wanted));
    }
  }

  private Announcers announcers(IpAddress address, String pool, List<String> current) {
    var announcers = Announcers.of(present, address, pool, current, seen.surroundings());
    announcers.note().ifPresent(notes::add);
    return announcers;
  }

  private void release(List<VipView> mine, IpAddress kept) {
    mine.stream()
        .map(VipView::address)
        .filter(address -> !address.equals(kept))
        .forEach(address -> releases.add(new MetalAction.DeleteVip(seen.key(), address, true)));
  }

  private static IpFamily familyOf(String address) {
    return AddressChoice.family(IpAddress.of(address));
  }
}
