// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.plan;

import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.Desired.Absent;
import dev.fairway.cloud.model.Desired.Present;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.plan.Note;
import dev.fairway.cloud.plan.Plan;
import dev.fairway.metal.model.Hold;
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
  private final Wishes wishes;
  private final List<MetalAction> actions = new ArrayList<>();
  private final List<MetalAction> releases = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();

  private MetalPlanner(Present present, MetalObserved seen, Wishes wishes) {
    this.present = present;
    this.seen = seen;
    this.wishes = wishes;
  }

  public static Plan<MetalAction> plan(Desired desired, MetalObserved seen) {
    return switch (desired) {
      case Absent _ -> Plan.of(seen.vips().stream().map(vip -> letGo(seen, vip)).toList());
      case Present present -> {
        var planner = new MetalPlanner(present, seen, Wishes.of(present));
        yield planner.wishes.unreadable().isEmpty() ? planner.plan() : planner.keepAll();
      }
    };
  }

  // What its Service asked for stands with the Vip: the Service may be gone.
  private static MetalAction letGo(MetalObserved seen, VipView vip) {
    return vip.hold()
        .<MetalAction>map(hold -> new MetalAction.HoldVip(seen.key(), vip.address(), hold, false))
        .orElseGet(() -> new MetalAction.DeleteVip(seen.key(), vip.address(), false));
  }

  // With a wish that cannot be read, any choice would be a guess; but what is there must go on
  // following the nodes.
  private Plan<MetalAction> keepAll() {
    notes.addAll(wishes.unreadable());
    seen.vips().forEach(vip -> keep(vip, vip.hold()));
    return Plan.of(actions).withNotes(notes);
  }

  private Plan<MetalAction> plan() {
    present.addresses().families().forEach(this::plan);
    // A Service may give up a family.
    seen.vips().stream()
        .map(VipView::address)
        .filter(address -> !present.addresses().families().contains(AddressChooser.family(address)))
        .map(this::release)
        .forEach(releases::add);
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
    switch (new AddressChooser(family, present, wishes.pool(), seen).choose()) {
      case AddressChoice.Keep(var vip) -> {
        keep(vip, wishes.hold());
        release(family, vip.address());
      }
      case AddressChoice.Claim(var held) -> {
        var vip = announced(held.address(), held.pool());
        actions.add(new MetalAction.ClaimVip(seen.key(), held, vip));
        release(family, held.address());
      }
      case AddressChoice.Take(var address, var pool) -> {
        actions.add(new MetalAction.CreateVip(seen.key(), announced(address, pool)));
        release(family, address);
      }
      case AddressChoice.None(var note) -> {
        notes.add(note);
        mine(family).forEach(vip -> keep(vip, wishes.hold()));
      }
    }
  }

  private VipView announced(IpAddress address, String pool) {
    var announcers = announcers(address, pool, List.of());
    return new VipView(address, pool, announcers.owners(), announcers.interfaces(), wishes.hold());
  }

  private void keep(VipView vip, Optional<Hold> hold) {
    var announcers = announcers(vip.address(), vip.pool(), vip.owners());
    var wanted =
        new VipView(vip.address(), vip.pool(), announcers.owners(), announcers.interfaces(), hold);
    if (!wanted.equals(vip)) {
      actions.add(new MetalAction.UpdateVip(seen.key(), vip, wanted));
    }
  }

  private Announcers announcers(IpAddress address, String pool, List<String> current) {
    var announcers = Announcers.of(present, address, pool, current, seen.surroundings());
    announcers.note().ifPresent(notes::add);
    return announcers;
  }

  // Who asks for another address needs the old one no more; only a successor is waited for.
  private void release(IpFamily family, IpAddress kept) {
    mine(family).stream()
        .map(VipView::address)
        .filter(address -> !address.equals(kept))
        .map(this::release)
        .forEach(releases::add);
  }

  private MetalAction release(IpAddress address) {
    return wishes
        .hold()
        .filter(hold -> hold.successor().isPresent())
        .<MetalAction>map(hold -> new MetalAction.HoldVip(seen.key(), address, hold, true))
        .orElseGet(() -> new MetalAction.DeleteVip(seen.key(), address, true));
  }

  private List<VipView> mine(IpFamily family) {
    return seen.vips().stream()
        .filter(vip -> AddressChooser.family(vip.address()) == family)
        .toList();
  }

  private static IpFamily familyOf(String address) {
    return AddressChooser.family(IpAddress.of(address));
  }
}
