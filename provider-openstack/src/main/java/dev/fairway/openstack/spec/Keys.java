// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import dev.fairway.cloud.annotation.AnnotationSpec;
import dev.fairway.cloud.annotation.Syntax;
import java.util.List;

/// How the keys of annotations begin.
final class Keys {
  static final String LOAD_BALANCER = "loadbalancer.openstack.org/";
  static final String OURS = "fairway.dev/openstack-";

  private Keys() {}

  /// An annotation that cloud-provider-openstack has too.
  static <T> AnnotationSpec<T> theirs(
      String end, Syntax<T> syntax, String absent, String meaning, String example) {
    return new AnnotationSpec<>(LOAD_BALANCER + end, List.of(), syntax, absent, meaning, example);
  }

  /// One that it does not have.
  static <T> AnnotationSpec<T> ours(
      String end, Syntax<T> syntax, String absent, String meaning, String example) {
    return new AnnotationSpec<>(OURS + end, List.of(), syntax, absent, meaning, example);
  }
}
