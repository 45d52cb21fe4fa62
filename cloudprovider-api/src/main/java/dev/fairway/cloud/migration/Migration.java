// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.migration;

import java.util.List;
import java.util.Map;

/// Turns what another program was told into objects of a provider. Found with
/// [java.util.ServiceLoader]; `fairway migrate NAME` reads the cluster and prints what comes of it.
public interface Migration {

  /// The word after `fairway migrate`, such as `metallb`.
  String name();

  /// What has to be read.
  Source source();

  /// What to write, and what becomes of each field. Pure: calls nobody, and throws nothing for what
  /// stands in the objects.
  ///
  /// @param namespace where the other program is installed
  /// @param objects as they stand in the cluster, in the form of JSON; nothing in them is null
  Move plan(String namespace, List<Map<String, Object>> objects);
}
