// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fairway.metal.cloud.AddressPoolResource.PoolSpec;
import dev.fairway.metal.cloud.AddressPoolResource.PoolStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The AddressPool custom resource; its meaning is described in `deploy/crds`.
@Group(Resources.GROUP)
@Version(Resources.VERSION)
@Kind("AddressPool")
@Plural("addresspools")
public final class AddressPoolResource extends CustomResource<PoolSpec, PoolStatus> {
  private static final long serialVersionUID = 1;

  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record PoolSpec(
      @Nullable List<String> addresses,
      @Nullable Boolean autoAssign,
      @Nullable Integer priority,
      @Nullable List<String> namespaces,
      @Nullable List<LabelSelector> namespaceSelectors,
      @Nullable List<LabelSelector> serviceSelectors,
      @Nullable List<String> avoid,
      @Nullable @JsonProperty("avoidBuggyIPs") Boolean avoidBuggyIps) {}

  /// @param total decimal numbers as text: an IPv6 pool outgrows 64 bits
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record PoolStatus(
      @Nullable List<Condition> conditions,
      @Nullable String total,
      @Nullable String assigned,
      @Nullable String available) {}
}
