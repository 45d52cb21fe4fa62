// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.cloud.annotation.AnnotationSpec;
import dev.fairway.cloud.annotation.Syntax;
import java.util.List;

/// How the keys of annotations begin.
final class Keys {
  static final String LOAD_BALANCER = "service.beta.kubernetes.io/aws-load-balancer-";
  static final String OURS = "fairway.dev/aws-";

  private Keys() {}

  /// An annotation that the controllers of AWS have too.
  static <T> AnnotationSpec<T> theirs(
      String end, Syntax<T> syntax, String absent, String meaning, String example) {
    return new AnnotationSpec<>(LOAD_BALANCER + end, List.of(), syntax, absent, meaning, example);
  }

  /// One that they do not have.
  static <T> AnnotationSpec<T> ours(
      String end, Syntax<T> syntax, String absent, String meaning, String example) {
    return new AnnotationSpec<>(OURS + end, List.of(), syntax, absent, meaning, example);
  }
}
