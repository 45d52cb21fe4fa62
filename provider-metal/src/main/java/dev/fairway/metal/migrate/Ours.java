// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.migrate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Our objects, in the form of JSON.
final class Ours {
  /// By which all that was made from MetalLB's objects is found again.
  static final String LABEL = "fairway.dev/migrated-from";

  static final String ORIGIN = "metallb";

  private Ours() {}

  static Map<String, Object> object(String kind, String name, Map<String, Object> spec) {
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("name", name);
    metadata.put("labels", Map.of(LABEL, ORIGIN));
    var object = new LinkedHashMap<String, Object>();
    object.put("apiVersion", "fairway.dev/v1alpha1");
    object.put("kind", kind);
    object.put("metadata", metadata);
    object.put("spec", spec);
    return object;
  }

  /// Keeps addresses for one Service. Neither namespaces nor Services have dots in their names.
  static Map<String, Object> reservation(String namespace, String service, List<String> addresses) {
    var spec = new LinkedHashMap<String, Object>();
    spec.put("addresses", addresses);
    spec.put("namespace", namespace);
    spec.put("service", service);
    return object("AddressReservation", namespace + "." + service, spec);
  }
}
