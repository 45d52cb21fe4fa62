// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.cloud.annotation.Findings;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The attributes and tags of a load balancer.
record Settings(SortedMap<String, String> attributes, SortedMap<String, String> tags) {
  // By these, load balancers are known as somebody's: they must not be had for the asking.
  private static final List<String> RESERVED =
      List.of(
          "fairway.dev/",
          "kubernetes.io/cluster/",
          "kubernetes.io/service-name",
          "elbv2.k8s.aws/",
          "service.k8s.aws/",
          "aws:");
  private static final int LONGEST_KEY = 128;
  private static final int LONGEST_VALUE = 256;

  static Settings read(Defaults defaults, Findings findings) {
    return new Settings(attributes(findings), tags(defaults, findings));
  }

  private static SortedMap<String, String> attributes(Findings findings) {
    var attributes = new TreeMap<String, String>();
    findings
        .read(LoadBalancerAnnotations.ATTRIBUTES)
        .ifPresent(named -> {
          new AttributeNotes(KnownAttributes.OF_LOAD_BALANCERS, findings)
              .tell(LoadBalancerAnnotations.ATTRIBUTES.key(), named);
          attributes.putAll(named);
        });
    findings
        .read(LoadBalancerAnnotations.CROSS_ZONE)
        .ifPresent(on -> attributes.put(KnownAttributes.CROSS_ZONE, Boolean.toString(on)));
    findings
        .read(LoadBalancerAnnotations.LOGS_ENABLED)
        .ifPresent(on -> attributes.put(KnownAttributes.LOGS_ENABLED, Boolean.toString(on)));
    findings
        .read(LoadBalancerAnnotations.LOGS_BUCKET)
        .ifPresent(bucket -> attributes.put(KnownAttributes.LOGS_BUCKET, bucket));
    findings
        .read(LoadBalancerAnnotations.LOGS_PREFIX)
        .ifPresent(prefix -> attributes.put(KnownAttributes.LOGS_PREFIX, prefix));
    if (attributes.getOrDefault(KnownAttributes.LOGS_ENABLED, "false").equals("true")
        && attributes.getOrDefault(KnownAttributes.LOGS_BUCKET, "").isEmpty()) {
      findings.invalid(
          findings.has(LoadBalancerAnnotations.LOGS_ENABLED)
              ? LoadBalancerAnnotations.LOGS_ENABLED
              : LoadBalancerAnnotations.ATTRIBUTES,
          "asks for access logs without a bucket",
          "name one in annotation %s".formatted(LoadBalancerAnnotations.LOGS_BUCKET.key()));
    }
    return attributes;
  }

  private static SortedMap<String, String> tags(Defaults defaults, Findings findings) {
    var tags = new TreeMap<String, String>();
    findings
        .read(LoadBalancerAnnotations.TAGS)
        .ifPresent(named ->
            named.forEach((key, value) -> {
              check(key, value, findings);
              tags.put(key, value);
            }));
    tags.putAll(defaults.tags());
    return tags;
  }

  private static void check(String key, String value, Findings findings) {
    if (RESERVED.stream().anyMatch(Forms.lower(key)::startsWith)) {
      findings.invalid(
          LoadBalancerAnnotations.TAGS,
          "has the tag '%s', which says whose the load balancer is".formatted(key),
          "leave out tags that begin with one of %s".formatted(RESERVED));
    }
    if (key.length() > LONGEST_KEY || value.length() > LONGEST_VALUE) {
      findings.invalid(
          LoadBalancerAnnotations.TAGS,
          "has the tag '%s', which is too long".formatted(key),
          "write at most %d characters in a key and %d in a value"
              .formatted(LONGEST_KEY, LONGEST_VALUE));
    }
  }
}
