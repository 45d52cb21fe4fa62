// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.limit;

import dev.fairway.cloud.error.CloudException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/// The one place where errors of the SDK become ours.
public final class AwsErrors {
  static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
  private static final Duration AFTER_THROTTLING = Duration.ofSeconds(1);

  private static final String CREDENTIALS =
      "valid AWS credentials (from the environment, a web identity, Pod Identity, a profile or the"
          + " instance's role)";
  private static final Pattern NAMED_ACTION =
      Pattern.compile("not authorized to perform:? ([a-z0-9-]+:[A-Za-z0-9]+)");
  // Long, of use only to those who may decode it, and different each time.
  private static final Pattern ENCODED =
      Pattern.compile("\\s*Encoded authorization failure message:.*", Pattern.DOTALL);
  private static final Pattern KEY_ID = Pattern.compile("\\bA[A-Z]{3}[A-Z0-9]{16}\\b");

  private AwsErrors() {}

  /// @param field the annotation or setting to name if the input is wrong; empty for what the table
  ///   says of the code
  public static CloudException translate(
      Operation operation, Optional<String> field, SdkException error) {
    return error instanceof AwsServiceException answer
        ? ofAnswer(operation, field, answer)
        : ofSilence(operation, error);
  }

  private static CloudException ofSilence(Operation operation, SdkException error) {
    var said = Optional.ofNullable(error.getMessage()).orElse("no message");
    if (said.startsWith("Unable to load credentials")) {
      return badCredentials(operation, "were not found");
    }
    return new CloudException.Unavailable(
        "%s got no answer: %s".formatted(operation.permission(), redacted(said)), error);
  }

  private static CloudException ofAnswer(
      Operation operation, Optional<String> field, AwsServiceException error) {
    var code = code(error);
    return ErrorCodes.meaning(code)
        .map(meaning -> ofMeaning(meaning, operation, field, error))
        .orElseGet(() -> ofStatus(operation, field, error));
  }

  private static CloudException ofMeaning(
      Meaning meaning, Operation operation, Optional<String> field, AwsServiceException error) {
    var said = said(error);
    return switch (meaning) {
      case Meaning.Throttle _ -> throttled(operation, error);
      case Meaning.Outage _ -> outage(operation, error);
      case Meaning.Forbidden _ -> forbidden(operation, error);
      case Meaning.BadCredentials(var problem) -> badCredentials(operation, problem);
      case Meaning.Quota(var name) -> quota(name, error);
      case Meaning.Busy(var state) -> busy(operation, state, said);
      case Meaning.Changed _ ->
          new CloudException.Conflict("%s: %s".formatted(operation.permission(), said), error);
      case Meaning.Wrong(var usual, var fix) ->
          new CloudException.Rejected(field.orElse(usual), said, fix, error);
      case Meaning.DependsOnMessage _ -> ofMessage(operation, field, error);
    };
  }

  private static CloudException ofMessage(
      Operation operation, Optional<String> field, AwsServiceException error) {
    var said = said(error);
    var words = said.toLowerCase(Locale.ROOT);
    if (code(error).startsWith("TooManyTargets")) {
      return quota(quotaOfTargets(words), error);
    }
    if (words.contains("deletion protection")) {
      return new CloudException.NotReady(
          "the load balancer is protected from deletion: set its attribute"
              + " deletion_protection.enabled=false in AWS; a Service that is being deleted no longer"
              + " changes it",
          LOOK_AGAIN);
    }
    // An instance that starts or ends is a target soon, or is soon no longer asked for.
    if (words.contains("running state")) {
      return busy(operation, "a target is not running", said);
    }
    if (operation.action().startsWith("Delete")) {
      return busy(operation, "AWS does not permit it now", said);
    }
    return rejected(operation, field, error);
  }

  private static String quotaOfTargets(String words) {
    if (words.contains("availability zone")) {
      return "Targets per Availability Zone per Network Load Balancer";
    }
    return words.contains("target group")
        ? "Targets per Target Group per Region"
        : "Targets per Network Load Balancer";
  }

  private static CloudException ofStatus(
      Operation operation, Optional<String> field, AwsServiceException error) {
    if (error.isThrottlingException() || error.statusCode() == 429) {
      return throttled(operation, error);
    }
    if (error.statusCode() == 401 || error.statusCode() == 403) {
      return forbidden(operation, error);
    }
    // A proxy's page rather than an answer has no code, whatever its status.
    return error.statusCode() >= 500 || code(error).isEmpty()
        ? outage(operation, error)
        : rejected(operation, field, error);
  }

  private static CloudException throttled(Operation operation, AwsServiceException error) {
    return new CloudException.Throttled(
        "AWS throttles %s".formatted(operation.permission()), AFTER_THROTTLING, error);
  }

  private static CloudException outage(Operation operation, AwsServiceException error) {
    return new CloudException.Unavailable(
        "%s is out of order (status %d): %s"
            .formatted(operation.permission(), error.statusCode(), said(error)),
        error);
  }

  private static CloudException forbidden(Operation operation, AwsServiceException error) {
    var named = NAMED_ACTION.matcher(said(error));
    var permission = named.find() ? named.group(1) : operation.permission();
    return new CloudException.Denied(
        "AWS does not permit %s: %s".formatted(permission, said(error)), permission, error);
  }

  /// Without AWS's own words and without a cause: both may quote parts of the request's signature.
  private static CloudException badCredentials(Operation operation, String problem) {
    return new CloudException.Denied(
        "the AWS credentials %s, so %s was refused".formatted(problem, operation.permission()),
        CREDENTIALS,
        null);
  }

  private static CloudException quota(String name, AwsServiceException error) {
    return new CloudException.QuotaExceeded(
        "the AWS quota '%s' is reached: %s".formatted(name, said(error)), name, error);
  }

  private static CloudException busy(Operation operation, String state, String said) {
    return new CloudException.NotReady(
        "%s has to wait, %s: %s".formatted(operation.permission(), state, said), LOOK_AGAIN);
  }

  private static CloudException rejected(
      Operation operation, Optional<String> field, AwsServiceException error) {
    return new CloudException.Rejected(
        field.orElse(operation.permission()),
        "AWS refused it, %s: %s".formatted(code(error), said(error)),
        "change what AWS objects to",
        error);
  }

  private static String code(AwsServiceException error) {
    return Optional.ofNullable(error.awsErrorDetails()).map(AwsErrorDetails::errorCode).orElse("");
  }

  private static String said(AwsServiceException error) {
    return redacted(
        Optional.ofNullable(error.awsErrorDetails())
            .map(AwsErrorDetails::errorMessage)
            .filter(message -> !message.isBlank())
            .orElse("no message"));
  }

  private static String redacted(String message) {
    var brief = ENCODED.matcher(message).replaceFirst("");
    return KEY_ID.matcher(brief).replaceAll("(key id)").strip().replaceAll("\\s+", " ");
  }
}
