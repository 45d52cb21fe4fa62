// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.cloud.annotation.AnnotationCatalogue;
import dev.fairway.cloud.annotation.AnnotationSpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The annotations of the AWS provider: those of cloud-provider-aws and
/// aws-load-balancer-controller keep their keys, so that nobody has to edit Services to move, and
/// ours.
public final class AwsAnnotations {
  private AwsAnnotations() {}

  public static final AnnotationCatalogue CATALOGUE =
      new AnnotationCatalogue(
          Stream.<AnnotationSpec<?>>of(
                  Stream.of(
                          LoadBalancerAnnotations.ALL,
                          SecurityAnnotations.ALL,
                          ListenerAnnotations.ALL,
                          TargetAnnotations.ALL,
                          HealthAnnotations.ALL,
                          List.of(LeftOutAnnotations.MULTI_CLUSTER),
                          LeftOutAnnotations.ALL.stream().map(LeftOutAnnotations::spec).toList())
                      .flatMap(List::stream)
                      .toArray(AnnotationSpec<?>[]::new))
              .toList(),
          List.of(
              ListenerAnnotations.ATTRIBUTES,
              TargetAnnotations.PORT_ATTRIBUTES,
              ListenerAnnotations.ACTIONS),
          Set.of(Keys.LOAD_BALANCER));
}
