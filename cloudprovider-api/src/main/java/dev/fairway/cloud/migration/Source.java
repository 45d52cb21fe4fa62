// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.migration;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where another program keeps what it was told.
///
/// @param title its name for people
/// @param group the API group of its custom resources, which are all read
/// @param namespace where it is installed if nothing is said; only there its custom resources count
/// @param written kinds of the group that it writes itself, and that need not be read
/// @param beside what else has to be looked at
public record Source(
    String title, String group, String namespace, Set<String> written, List<Part> beside) {
  public Source {
    written = Set.copyOf(written);
    beside = List.copyOf(beside);
  }

  /// One kind of object.
  ///
  /// @param apiVersion as in `apps/v1`
  /// @param resource its plural in small letters, as in URLs
  /// @param local whether only those in the namespace of the program matter
  /// @param name of the one object that matters; empty for all
  /// @param needed whether nothing can be said without them
  public record Part(
      String apiVersion, String resource, boolean local, Optional<String> name, boolean needed) {
    /// All objects of the cluster, which are needed.
    public static Part all(String apiVersion, String resource) {
      return new Part(apiVersion, resource, false, Optional.empty(), true);
    }

    public Part ofNamespace() {
      return new Part(apiVersion, resource, true, name, needed);
    }

    public Part named(String one) {
      return new Part(apiVersion, resource, local, Optional.of(one), needed);
    }

    public Part ifPermitted() {
      return new Part(apiVersion, resource, local, name, false);
    }
  }
}
