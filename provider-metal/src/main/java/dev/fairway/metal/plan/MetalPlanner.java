// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.plan;

import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.Desired.Absent;
import dev.fairway.cloud.model.Desired.Present;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.plan.Note;
import dev.fairway.cloud.plan.Plan;
import dev.fairway.metal.model.Answering;
import dev.fairway.metal.model.Hold;
import dev.fairway.metal.model.MetalObserved;
import dev.fairway.metal.model.VipView;
import dev.fairway.metal.pool.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
    var choices = new LinkedHashMap<IpFamily, AddressChoice>();
    for (var family : present.addresses().families()) {
      choices.put(family, new AddressChooser(family, present, wishes.pool(), seen).choose());
    }
    var lacking = choices.values().stream().filter(AddressChoice.None.class::isInstance).count();
    var allOrNothing = present.addresses().requireAll() && lacking > 0;
    choices.forEach((family, choice) -> {
      switch (choice) {
        case AddressChoice.None(var note) when lacking == choices.size() -> lack(family, note);
        case AddressChoice.None(var note) ->
            lack(family, allOrNothing ? PoolNotes.bothOrNone(note) : PoolNotes.partly(note));
        case AddressChoice.Keep(var vip) -> {
          keep(vip, wishes.hold());
          release(family, vip.address());
        }
        case AddressChoice.Claim _, AddressChoice.Take _ when allOrNothing -> keepOf(family);
        case AddressChoice.Claim(var held) -> {
          var vip = announced(held.address(), seen.poolOf(held.address()).orElse(held.pool()));
          actions.add(new MetalAction.ClaimVip(seen.key(), held, vip));
          release(family, held.address());
        }
        case AddressChoice.Take(var address, var pool) -> {
          actions.add(new MetalAction.CreateVip(seen.key(), announced(address, pool)));
          release(family, address);
        }
      }
    });
    if (lacking < choices.size() && !allOrNothing) {
      releaseOtherFamilies();
    } else {
      otherFamilies().forEach(vip -> keep(vip, wishes.hold()));
    }
    wrongFamilies();
    // Old addresses go last: what works is kept until what replaces it is there.
    actions.addAll(releases);
    return Plan.of(actions).withNotes(notes);
  }

  private void wrongFamilies() {
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
  }

  private void lack(IpFamily family, Note note) {
    notes.add(note);
    keepOf(family);
  }

  private void keepOf(IpFamily family) {
    mine(family).forEach(vip -> keep(vip, wishes.hold()));
  }

  // A family that was taken away from the Service.
  private void releaseOtherFamilies() {
    otherFamilies().stream().map(this::letGo).forEach(releases::add);
  }

  private List<VipView> otherFamilies() {
    return seen.vips().stream()
        .filter(
            vip -> !present.addresses().families().contains(AddressChooser.family(vip.address())))
        .toList();
  }

  private VipView announced(IpAddress address, String pool) {
    var announcers = announcers(address, pool, List.of());
    return new VipView(
        address,
        pool,
        announcers.owners(),
        addresses(announcers.owners()),
        0,
        announcers.interfaces(),
        wishes.hold());
  }

  private void keep(VipView vip, Optional<Hold> hold) {
    if (seen.poolOf(vip.address()).isEmpty()) {
      notes.add(PoolNotes.leftOutside(vip, seen.surroundings().pools()));
    }
    seen.conflict(vip.address())
        .ifPresent(mac ->
            notes.add(
                PoolNotes.contested(vip.address(), mac, seen.foreign(vip.address()).isEmpty())));
    var pool = recorded(vip);
    var announcers = announcers(vip.address(), pool, inFact(vip));
    var wanted =
        new VipView(
            vip.address(),
            pool,
            announcers.owners(),
            addresses(announcers.owners()),
            announcers.owners().equals(vip.owners())
                ? vip.ownersVersion()
                : vip.ownersVersion() + 1,
            announcers.interfaces(),
            hold);
    if (!wanted.equals(vip)) {
      actions.add(new MetalAction.UpdateVip(seen.key(), vip, wanted));
    }
  }

  // Who took over stays: to give it back would cut connections once more.
  private List<String> inFact(VipView vip) {
    var holder =
        Optional.ofNullable(seen.answering().get(vip.address()))
            .filter(Answering::byPresentOwners)
            .map(Answering::node)
            .filter(vip.owners()::contains);
    return Stream.concat(holder.stream(), vip.owners().stream()).distinct().toList();
  }

  private List<String> addresses(List<String> owners) {
    return owners.stream()
        .map(owner ->
            present.backends().targets().stream()
                .filter(target -> target.node().equals(owner))
                .flatMap(target -> target.addresses().stream())
                .findFirst()
                .orElse(""))
        .toList();
  }

  // The pool that holds the address now, unless the one that gave it is still asked for by name, or
  // nobody would announce it for the other.
  private String recorded(VipView vip) {
    return seen.poolOf(vip.address())
        .filter(now -> !now.equals(vip.pool()))
        .filter(_ -> !wishes.pool().equals(Optional.of(vip.pool())))
        .filter(now -> Announcers.areThere(present, now, seen.surroundings()))
        .orElse(vip.pool());
  }

  private Announcers announcers(IpAddress address, String pool, List<String> current) {
    var announcers = Announcers.of(present, address, pool, current, seen.surroundings());
    announcers.note().ifPresent(notes::add);
    return announcers;
  }

  private void release(IpFamily family, IpAddress kept) {
    mine(family).stream()
        .filter(vip -> !vip.address().equals(kept))
        .map(this::letGo)
        .forEach(releases::add);
  }

  // Who asks for another address needs the old one no more; only a successor is waited for.
  private MetalAction letGo(VipView vip) {
    var foreign = seen.foreign(vip.address());
    if (foreign.isPresent()) {
      notes.add(PoolNotes.replaced(vip.address(), foreign.get()));
      return new MetalAction.QuarantineVip(seen.key(), vip.address(), foreign.get());
    }
    return wishes
        .hold()
        .filter(hold -> hold.successor().isPresent())
        .<MetalAction>map(hold -> new MetalAction.HoldVip(seen.key(), vip.address(), hold, true))
        .orElseGet(() -> new MetalAction.DeleteVip(seen.key(), vip.address(), true));
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
