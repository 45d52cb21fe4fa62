// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import dev.fairway.cloud.annotation.AnnotationSpec;
import dev.fairway.cloud.annotation.Findings;
import dev.fairway.cloud.model.Desired;
import dev.fairway.openstack.config.LoadBalancerClass;
import dev.fairway.openstack.config.Options;
import dev.fairway.openstack.model.Surroundings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Reads what the Services of a group ask for. Reading is checking: all that is the matter is told
/// at once, before any call is made.
public final class SpecReader {
  private final Desired.Present present;
  private final Terms terms;
  private final Findings findings;

  private SpecReader(Desired.Present present, Terms terms) {
    this.present = present;
    this.terms = terms;
    this.findings = terms.findings();
  }

  /// What should be, in the words of Octavia. Unknown keys are not told here: the core does that.
  ///
  /// @param classes those of cloud.conf, by name
  /// @param standing ids of the subnets in which load balancers of the group stand already
  public static SpecReading read(
      Desired.Present present,
      Options options,
      Map<String, LoadBalancerClass> classes,
      Surroundings around,
      Set<String> standing) {
    var findings = new Findings(present.annotations());
    // What is not used today may be tomorrow: then is not the time to find out that it is
    // malformed.
    OpenStackAnnotations.CATALOGUE.specs().forEach(findings::read);
    var terms = Terms.read(findings, options, classes, around.abilities());
    return new SpecReader(present, terms).read(around, standing);
  }

  /// The same as if this provider had been asked for.
  public static SpecReading readFor(
      String provider,
      Desired.Present present,
      Options options,
      Map<String, LoadBalancerClass> classes,
      Surroundings around,
      Set<String> standing) {
    var annotations = new HashMap<>(present.annotations());
    annotations.put(PlacementAnnotations.PROVIDER.key(), provider);
    var other =
        new Desired.Present(
            present.key(),
            present.services(),
            present.frontends(),
            present.addresses(),
            present.backends(),
            annotations,
            present.labels());
    return read(other, options, classes, around, standing);
  }

  private SpecReading read(Surroundings around, Set<String> standing) {
    var attached = findings.read(BalancerAnnotations.ATTACH);
    var attach = attached.or(() -> findings.read(BalancerAnnotations.LOAD_BALANCER_ID));
    var members = Members.read(terms, present.backends());
    var sites =
        SiteReader.read(
            terms, around, present.addresses(), members.targets(), standing, attached.isPresent());
    var ranges = SourceRanges.read(terms);
    var access = new AccessReader(terms, around, ranges, present.frontends()).of(sites);
    var specs =
        specs(
            sites,
            attach,
            ranges.unenforced(),
            ListenerReader.read(terms, members, ranges, present.frontends()));
    return findings.blocking()
        ? new SpecReading(List.of(), findings.notes(), List.of())
        : new SpecReading(specs, findings.notes(), List.copyOf(access));
  }

  private List<Spec> specs(
      List<Site> sites, Optional<String> attach, boolean unenforced, ListenerReader listeners) {
    var flavor =
        madeOf(
            PlacementAnnotations.FLAVOR,
            "flavor-id",
            LoadBalancerClass::flavorId,
            terms.options().flavorId(),
            terms.abilities().flavors() && !terms.isOvn());
    var zone =
        madeOf(
            PlacementAnnotations.AVAILABILITY_ZONE,
            "availability-zone",
            LoadBalancerClass::availabilityZone,
            terms.options().availabilityZone(),
            terms.abilities().availabilityZones(terms.provider()));
    var tags = UserTags.read(BalancerAnnotations.TAGS, findings);
    var adopt = findings.read(BalancerAnnotations.ADOPT);
    var hostname = findings.read(BalancerAnnotations.HOSTNAME);
    var makeBeforeBreak = findings.read(BalancerAnnotations.MAKE_BEFORE_BREAK).orElse(false);
    return sites.stream()
        .map(site ->
            new Spec(
                site.half(),
                new Frame(terms.provider(), flavor, zone, site.vip(), site.additionalVips()),
                site.exposure(),
                listeners.at(site, present.frontends()),
                tags,
                attach,
                adopt.filter(_ -> site.half() == Half.MAIN),
                hostname,
                makeBeforeBreak,
                unenforced))
        .toList();
  }

  private Optional<String> madeOf(
      AnnotationSpec<String> spec,
      String option,
      Function<LoadBalancerClass, Optional<String>> inClass,
      Optional<String> ofOptions,
      boolean possible) {
    var asked = terms.precedence().annotationFirst(spec, option, inClass);
    if (!possible && findings.has(spec)) {
      findings.notApplied(
          spec,
          "remove it: provider %s of Octavia API 2.%d does not have that"
              .formatted(terms.provider(), terms.abilities().minor()));
    }
    return asked.or(() -> ofOptions).filter(_ -> possible);
  }
}
