// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import dev.fairway.cloud.annotation.AnnotationCatalogue;
import dev.fairway.cloud.annotation.AnnotationSpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The annotations of the OpenStack provider: those of cloud-provider-openstack keep their keys, so
/// that nobody has to edit Services to move, and ours. Names in code font in the column of defaults
/// are options of cloud.conf.
public final class OpenStackAnnotations {
  public static final AnnotationCatalogue CATALOGUE =
      new AnnotationCatalogue(
          Stream.<AnnotationSpec<?>>of(
                  Stream.of(
                          BalancerAnnotations.ALL,
                          PlacementAnnotations.ALL,
                          ListenerAnnotations.ALL,
                          MonitorAnnotations.ALL)
                      .flatMap(List::stream)
                      .toArray(AnnotationSpec<?>[]::new))
              .toList(),
          Set.of(Keys.LOAD_BALANCER));

  private OpenStackAnnotations() {}
}
