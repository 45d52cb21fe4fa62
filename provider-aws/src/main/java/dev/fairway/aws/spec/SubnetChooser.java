// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.aws.model.SubnetMapping;
import dev.fairway.aws.model.SubnetView;
import dev.fairway.cloud.plan.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Chooses the subnets of a load balancer, and the addresses it should have there. Pure.
public final class SubnetChooser {
  private final List<SubnetView> subnets;

  private SubnetChooser(List<SubnetView> subnets) {
    this.subnets = subnets;
  }

  /// Where a load balancer should stand, or why it cannot.
  ///
  /// @param mappings at most one of each zone; empty when there is a note, and only then
  /// @param notes blocking ones
  public record Choice(Optional<List<SubnetMapping>> mappings, List<Note> notes) {
    public Choice {
      mappings = mappings.map(List::copyOf);
      notes = List.copyOf(notes);
    }

    static Choice refused(List<Note> notes) {
      return new Choice(Optional.empty(), notes);
    }
  }

  /// @param scheme of the load balancer that is there, or should be
  /// @param type likewise
  /// @param cluster the name of the cluster in the tags of subnets: `kubernetes.io/cluster/NAME`
  /// @param subnets all of the VPC
  public static Choice choose(
      Spec spec, Scheme scheme, AddressType type, String cluster, List<SubnetView> subnets) {
    var problems = new ArrayList<Note>();
    var chosen =
        spec.subnets().isEmpty()
            ? new SubnetDiscovery(cluster, scheme, type).among(subnets, problems)
            : new SubnetChooser(subnets).asked(spec.subnets(), type, problems);
    return problems.isEmpty() ? FixedPlaces.of(chosen, spec.fixed()) : Choice.refused(problems);
  }

  private List<SubnetView> asked(List<String> idsOrNames, AddressType type, List<Note> problems) {
    var found = new ArrayList<SubnetView>();
    for (var wanted : idsOrNames) {
      var matching =
          subnets.stream()
              .filter(
                  subnet -> subnet.id().equals(wanted) || wanted.equals(subnet.tags().get("Name")))
              .toList();
      switch (matching.size()) {
        case 0 ->
            problems.add(invalid("names subnet '%s', which is not in the VPC".formatted(wanted)));
        case 1 -> found.add(matching.getFirst());
        default ->
            problems.add(
                invalid(
                    "names subnet '%s', of which there are %s".formatted(wanted, ids(matching))));
      }
    }
    oneOfEachZone(found, problems);
    if (type == AddressType.DUALSTACK) {
      found.stream()
          .filter(subnet -> !subnet.ipv6())
          .forEach(subnet ->
              problems.add(
                  invalid("names subnet %s, which has no IPv6 range".formatted(subnet.id()))));
    }
    return found;
  }

  private static void oneOfEachZone(List<SubnetView> found, List<Note> problems) {
    found.stream()
        .collect(Collectors.groupingBy(SubnetView::zone, TreeMap::new, Collectors.toList()))
        .forEach((zone, ofZone) -> {
          if (ofZone.size() > 1) {
            problems.add(
                invalid("names %s, which are all in zone %s".formatted(ids(ofZone), zone)));
          }
        });
  }

  private static Note invalid(String why) {
    return Note.blocking(
        "InvalidAnnotation",
        "annotation %s, or settings.subnets: %s"
            .formatted(LoadBalancerAnnotations.SUBNETS.key(), why),
        "write ids or names of subnets, one of each zone");
  }

  static List<String> ids(List<SubnetView> subnets) {
    return subnets.stream().map(SubnetView::id).sorted().toList();
  }
}
