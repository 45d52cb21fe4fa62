// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import dev.fairway.cloud.annotation.AnnotationSpec;
import dev.fairway.openstack.config.LoadBalancerClass;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The time-outs of listeners.
final class TimeoutsReader {
  // Octavia's defaults, which cloud-provider-openstack repeats.
  private static final int DATA = 50_000;
  private static final int CONNECT = 5_000;
  private static final int INSPECT = 0;

  private TimeoutsReader() {}

  /// Empty where the provider has none.
  static Optional<ListenerSpec.Timeouts> read(Terms terms) {
    var timeouts =
        new ListenerSpec.Timeouts(
            millis(
                terms,
                ListenerAnnotations.CLIENT_DATA,
                LoadBalancerClass.Timeouts::clientData,
                DATA),
            millis(
                terms,
                ListenerAnnotations.MEMBER_CONNECT,
                LoadBalancerClass.Timeouts::memberConnect,
                CONNECT),
            millis(
                terms,
                ListenerAnnotations.MEMBER_DATA,
                LoadBalancerClass.Timeouts::memberData,
                DATA),
            millis(
                terms,
                ListenerAnnotations.TCP_INSPECT,
                LoadBalancerClass.Timeouts::tcpInspect,
                INSPECT));
    if (terms.layer7()) {
      return Optional.of(timeouts);
    }
    List.of(
            ListenerAnnotations.CLIENT_DATA,
            ListenerAnnotations.MEMBER_CONNECT,
            ListenerAnnotations.MEMBER_DATA,
            ListenerAnnotations.TCP_INSPECT)
        .forEach(terms::leftOut);
    return Optional.empty();
  }

  private static int millis(
      Terms terms,
      AnnotationSpec<Integer> spec,
      Function<LoadBalancerClass.Timeouts, Optional<Duration>> inClass,
      int otherwise) {
    return terms
        .precedence()
        .annotationFirst(
            spec,
            spec.key().substring(Keys.LOAD_BALANCER.length()),
            named ->
                inClass
                    .apply(named.timeouts())
                    .map(duration -> Math.toIntExact(duration.toMillis())))
        .orElse(otherwise);
  }
}
