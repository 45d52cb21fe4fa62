// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fairway.metal.cloud.VipResource.VipSpec;
import dev.fairway.metal.cloud.VipResource.VipStatus;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The Vip custom resource; its meaning is described in `deploy/crds`.
///
/// It is named after its address. That name is the lock on the address: the API server creates only
/// one of it, so two controllers, a crash or a race can never give an address twice.
@Group(Resources.GROUP)
@Version(Resources.VERSION)
@Kind("Vip")
@Plural("vips")
public final class VipResource extends CustomResource<VipSpec, VipStatus> {
  private static final long serialVersionUID = 1;

  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record VipSpec(
      @Nullable String address,
      @Nullable String pool,
      @Nullable String loadBalancer,
      @Nullable List<String> owners,
      @Nullable List<String> ownerAddresses,
      @Nullable Long ownersVersion,
      @Nullable List<String> interfaces,
      @Nullable Long holdSeconds,
      @Nullable String handOverTo,
      @Nullable String heldUntil,
      @Nullable String foreignMac) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record VipStatus(
      @Nullable String announcedBy,
      @Nullable String mac,
      @Nullable @JsonProperty("interface") String interfaceName,
      @Nullable String since,
      @Nullable String reason,
      @Nullable Long ownersVersion,
      @Nullable Boolean probed,
      @Nullable String conflict) {}
}
