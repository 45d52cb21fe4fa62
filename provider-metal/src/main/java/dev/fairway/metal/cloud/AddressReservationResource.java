// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.fairway.metal.cloud.AddressReservationResource.ReservationSpec;
import dev.fairway.metal.cloud.AddressReservationResource.ReservationStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The AddressReservation custom resource; its meaning is described in `deploy/crds`.
@Group(Resources.GROUP)
@Version(Resources.VERSION)
@Kind("AddressReservation")
@Plural("addressreservations")
public final class AddressReservationResource
    extends CustomResource<ReservationSpec, ReservationStatus> {
  private static final long serialVersionUID = 1;

  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ReservationSpec(
      @Nullable List<String> addresses, @Nullable String namespace, @Nullable String service) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ReservationStatus(@Nullable List<Condition> conditions) {}
}
