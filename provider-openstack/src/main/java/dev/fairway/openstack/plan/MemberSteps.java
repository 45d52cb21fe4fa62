// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.plan;

import dev.fairway.openstack.model.Abilities;
import dev.fairway.openstack.model.Pool.Member;
import dev.fairway.openstack.model.Tags;
import dev.fairway.openstack.spec.ListenerSpec.MemberSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// The steps for the members of a pool: one batch, of as few members as will do.
final class MemberSteps {
  // The API looks at each before it answers.
  private static final int BATCH = 200;

  private final String balancer;
  private final Abilities abilities;

  MemberSteps(String balancer, Abilities abilities) {
    this.balancer = balancer;
    this.abilities = abilities;
  }

  List<OpenStackAction> of(PoolRef pool, List<Member> now, List<MemberSpec> wanted) {
    var there = new HashMap<Place, Member>();
    now.forEach(member -> there.put(new Place(member.address(), member.port()), member));
    var all = new ArrayList<MemberWish>();
    var different = new ArrayList<MemberWish>();
    var places = new HashSet<Place>();
    for (var want : wanted) {
      var place = new Place(want.address(), want.port());
      places.add(place);
      var is = Optional.ofNullable(there.get(place));
      var wish = wish(want, is);
      all.add(wish);
      if (is.map(member -> differs(member, wish)).orElse(true)) {
        different.add(wish);
      }
    }
    var surplus = there.keySet().stream().anyMatch(place -> !places.contains(place));
    if (different.isEmpty() && !surplus) {
      return List.of();
    }
    return surplus || !abilities.additiveMembers()
        ? List.of(new OpenStackAction.SetMembers(balancer, pool, all))
        : batches(pool, different);
  }

  private record Place(String address, int port) {}

  private List<OpenStackAction> batches(PoolRef pool, List<MemberWish> members) {
    return IntStream.range(0, (members.size() + BATCH - 1) / BATCH)
        .<OpenStackAction>mapToObj(n ->
            new OpenStackAction.AddMembers(
                balancer,
                pool,
                members.subList(n * BATCH, Math.min(members.size(), (n + 1) * BATCH))))
        .toList();
  }

  // A weight that somebody set by hand stays.
  private static MemberWish wish(MemberSpec want, Optional<Member> is) {
    var weight =
        want.draining()
            ? 0
            : is.filter(member -> !Tags.draining(member.tags())).map(Member::weight).orElse(1);
    return new MemberWish(
        want.name(),
        want.address(),
        want.port(),
        want.subnet().or(() -> is.flatMap(Member::subnet)),
        want.monitorPort(),
        weight,
        Tags.merged(is.map(Member::tags).orElseGet(TreeSet::new), Tags.ofMember(want.draining())));
  }

  private boolean differs(Member is, MemberWish wish) {
    return !is.name().equals(wish.name())
        || !is.subnet().equals(wish.subnet())
        || !is.monitorPort().equals(wish.monitorPort())
        || is.weight() != wish.weight()
        || !is.tags().equals(wish.tags())
        || is.provisioning().equals("ERROR");
  }
}
