// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.model;

import java.util.regex.Pattern;

/// Names one Kubernetes cluster among all that share a cloud account. It is part of every ownership
/// tag, so two clusters with the same id would delete each other's load balancers.
///
/// @param value 1 to 63 characters: lower-case letters, digits and `-`, beginning and ending with a
///   letter or digit
public record ClusterId(String value) {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  /// @throws IllegalArgumentException when the value is not of that form
  public ClusterId {
    if (!LABEL.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "cluster id '%s' is not 1 to 63 lower-case letters, digits and '-'; write for example prod-eu-1"
              .formatted(value));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
