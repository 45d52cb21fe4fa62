// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import dev.fairway.cloud.error.CloudException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// What is there already counts as made, and what is gone as deleted: as after a crash or a lost
/// answer.
final class Existing {
  private static final Duration UNTIL_VISIBLE = Duration.ofSeconds(3);

  private Existing() {}

  /// Makes something, or finds what has its name already.
  static <T> T orMade(Supplier<T> make, Supplier<Optional<T>> find, String what) {
    try {
      return make.get();
    } catch (CloudException.Conflict e) {
      if (!code(e).contains("Duplicate")) {
        throw e;
      }
      return orLater(find, what);
    }
  }

  private static <T> T orLater(Supplier<Optional<T>> find, String what) {
    Optional<T> found;
    try {
      found = find.get();
    } catch (CloudException.Conflict e) {
      if (!isNotFound(e)) {
        throw e;
      }
      found = Optional.empty();
    }
    return found.orElseThrow(() -> notVisible(what));
  }

  /// Something was made a moment ago, and AWS does not show it everywhere yet.
  static CloudException notVisible(String what) {
    return new CloudException.NotReady(
        "%s exists and is not visible yet".formatted(what), UNTIL_VISIBLE);
  }

  /// Deletes something, or finds it gone.
  static void orGone(Runnable delete) {
    try {
      delete.run();
    } catch (CloudException.Conflict e) {
      if (!isNotFound(e)) {
        throw e;
      }
    }
  }

  /// Whether AWS says that what was named is not there.
  static boolean isNotFound(CloudException error) {
    return code(error).endsWith("NotFound");
  }

  /// Allows some rules. EC2 refuses all of them when one is there already: then one by one.
  static <R> void allowed(List<R> rules, Consumer<List<R>> allow) {
    eachIf("InvalidPermission.Duplicate", rules, allow);
  }

  /// Takes rules away, of which some may be gone already. EC2 then takes none of them away: so one
  /// by one.
  static <R> void denied(List<R> rules, Consumer<List<R>> deny) {
    eachIf("InvalidPermission.NotFound", rules, deny);
  }

  private static <R> void eachIf(String code, List<R> all, Consumer<List<R>> change) {
    try {
      change.accept(all);
    } catch (CloudException.Conflict e) {
      if (!code(e).equals(code)) {
        throw e;
      }
      if (all.size() > 1) {
        all.forEach(one -> eachIf(code, List.of(one), change));
      }
    }
  }

  /// Somebody else has what we would make: only people can tell which of the two has to go.
  ///
  /// @param field by which it can be avoided
  /// @param instead what to write into that field
  static CloudException.Rejected taken(String what, String id, String field, String instead) {
    return new CloudException.Rejected(
        field,
        "%s (%s) is there already and belongs to somebody else".formatted(what, id),
        "delete it in AWS, or %s".formatted(instead),
        null);
  }

  static String code(CloudException error) {
    return error.getCause() instanceof AwsServiceException answer
            && answer.awsErrorDetails() != null
        ? String.valueOf(answer.awsErrorDetails().errorCode())
        : "";
  }
}
