// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import dev.fairway.cloud.error.CloudException;
import java.time.Duration;
import java.util.regex.Pattern;

/// The one place where what OpenStack says becomes one of our errors.
final class Errors {
  static final Duration WHILE_IMMUTABLE = Duration.ofSeconds(2);
  private static final Duration AFTER_THROTTLING = Duration.ofSeconds(1);

  // octavia.common.exceptions.QuotaException
  private static final Pattern OCTAVIA_QUOTA =
      Pattern.compile("Quota has been met for resources: (.+?)\\.?$");
  // neutron_lib.exceptions.OverQuota
  private static final Pattern NEUTRON_QUOTA =
      Pattern.compile("Quota exceeded for resources: \\[?(.+?)]?\\.?$");
  // neutron_lib.exceptions.IpAddressGenerationFailure; Octavia passes it on.
  private static final Pattern NO_ADDRESS =
      Pattern.compile(
          "(?:No more IP addresses available|Unable to find any IP address) on"
              + " (?:external )?(?:network|subnet) (\\S+?)\\.?$");

  private Errors() {}

  static CloudException translate(Call call, CallFailed failed) {
    if (failed.fate() != CallFailed.Fate.ANSWERED) {
      return unavailable(call, failed);
    }
    var addresses = NO_ADDRESS.matcher(failed.said());
    if (addresses.find()) {
      return noAddress(call, addresses.group(1), failed);
    }
    return switch (failed.status()) {
      case 400 -> rejected(call, "change what OpenStack objects to", failed);
      case 401 -> unauthorized(call, failed);
      case 403 -> forbidden(call, failed);
      case 404 -> failed.gone() ? conflict(call, failed) : unavailable(call, failed);
      case 409 -> conflicting(call, failed);
      case 412 -> conflict(call, failed);
      case 413, 429 -> throttled(call, failed);
      case 501 -> rejected(call, "leave it out, or choose another provider by lb-provider", failed);
      case 408 -> unavailable(call, failed);
      // Another POST of the project holds its quota; this one has done nothing.
      case 503 -> failed.refusedAsBusy() ? throttled(call, failed) : unavailable(call, failed);
      default ->
          failed.status() >= 500 || failed.status() < 400
              ? unavailable(call, failed)
              : rejected(call, "change what OpenStack objects to", failed);
    };
  }

  private static CloudException unavailable(Call call, CallFailed failed) {
    return new CloudException.Unavailable(text(call, "got no answer of use", failed), failed);
  }

  private static CloudException throttled(Call call, CallFailed failed) {
    return new CloudException.Throttled(
        text(call, "is throttled", failed), failed.retryAfter().orElse(AFTER_THROTTLING), failed);
  }

  private static CloudException conflict(Call call, CallFailed failed) {
    return new CloudException.Conflict(text(call, "met a change", failed), failed);
  }

  private static CloudException unauthorized(Call call, CallFailed failed) {
    return new CloudException.Denied(
        text(call, "was refused although the token was new", failed),
        "a token that the %s service accepts".formatted(call.operation().service().type()),
        failed);
  }

  private static CloudException forbidden(Call call, CallFailed failed) {
    var quota = OCTAVIA_QUOTA.matcher(failed.said());
    if (quota.find()) {
      return quota(quota.group(1), failed);
    }
    return new CloudException.Denied(
        text(call, "is not permitted by policy", failed), call.operation().permission(), failed);
  }

  private static CloudException conflicting(Call call, CallFailed failed) {
    if (failed.said().contains("immutable") || failed.said().contains("Invalid state PENDING_")) {
      return new CloudException.NotReady(
          text(call, "has to wait for an earlier change", failed), WHILE_IMMUTABLE);
    }
    if (failed.kind().equals("OverQuota")) {
      var quota = NEUTRON_QUOTA.matcher(failed.said());
      return quota(quota.find() ? quota.group(1).replace("'", "") : failed.said(), failed);
    }
    return switch (failed.kind()) {
      case "IpAddressGenerationFailure",
          "IpAddressGenerationFailureAllSubnets",
          "IpAddressGenerationFailureNoMatchingSubnet",
          "ExternalIpAddressExhausted" ->
          noAddress(call, "", failed);
      default -> conflict(call, failed);
    };
  }

  private static CloudException noAddress(Call call, String network, CallFailed failed) {
    var pool =
        call.operation() == Operation.CREATE_FLOATING_IP ? "floating IP pool" : "addresses of";
    return quota("%s %s".formatted(pool, network).strip(), failed);
  }

  private static CloudException quota(String name, CallFailed failed) {
    return new CloudException.QuotaExceeded(
        "the OpenStack quota '%s' is reached: %s".formatted(name, failed.said()), name, failed);
  }

  private static CloudException rejected(Call call, String fix, CallFailed failed) {
    return new CloudException.Rejected(
        call.field().orElse(call.operation().permission()),
        "OpenStack refused it, %s".formatted(failed.getMessage()),
        fix,
        failed);
  }

  private static String text(Call call, String what, CallFailed failed) {
    return "%s %s: %s".formatted(call.operation().permission(), what, failed.getMessage());
  }
}
