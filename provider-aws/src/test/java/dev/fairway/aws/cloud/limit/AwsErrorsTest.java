// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.error.CloudException;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

class AwsErrorsTest {
  private static final String PREFIX = "service.beta.kubernetes.io/aws-load-balancer-";

  @ParameterizedTest
  @CsvSource({
    "400, Throttling",
    "400, ThrottlingException",
    "400, ThrottledException",
    "503, RequestLimitExceeded",
    "400, TooManyRequestsException",
    "429, Strange",
    "400, RequestThrottledException"
  })
  void tooManyCallsAreThrottled(int status, String code) {
    assertThat(translated(status, code, "Rate exceeded"))
        .isInstanceOf(CloudException.Throttled.class);
  }

  @ParameterizedTest
  @CsvSource({
    "500, InternalFailure",
    "500, InternalError",
    "503, ServiceUnavailable",
    "503, Unavailable",
    "502, Strange",
    "400, HealthUnavailable",
    "404, ''"
  })
  void whatIsOutOfOrderIsUnavailable(int status, String code) {
    assertThat(translated(status, code, "sorry")).isInstanceOf(CloudException.Unavailable.class);
  }

  @Test
  void noAnswerIsUnavailable() {
    assertThat(silent(ApiCallAttemptTimeoutException.create(15_000)))
        .isInstanceOf(CloudException.Unavailable.class);
    assertThat(silent(AbortedException.create("stopped")))
        .isInstanceOf(CloudException.Unavailable.class);
    assertThat(silent(SdkClientException.create("reset", new IOException("Connection reset"))))
        .isInstanceOf(CloudException.Unavailable.class)
        .hasMessage("elasticloadbalancing:CreateLoadBalancer got no answer: reset");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "Odd"})
  void whatIsForbiddenNamesThePermission(String code) {
    var denied =
        (CloudException.Denied) translated(403, code, "You are not authorized to do this.");

    assertThat(denied.permission()).isEqualTo("elasticloadbalancing:CreateLoadBalancer");
    assertThat(denied).hasMessageContaining("You are not authorized");
  }

  @Test
  void thePermissionThatAwsNamesIsTheOneThatIsMissing() {
    var denied =
        (CloudException.Denied)
            translated(
                403,
                "UnauthorizedOperation",
                "You are not authorized to perform this operation. User:"
                    + " arn:aws:sts::1:assumed-role/lb/i is not authorized to perform:"
                    + " ec2:DescribeInternetGateways because no policy allows it. Encoded"
                    + " authorization failure message: abc\ndef");

    assertThat(denied.permission()).isEqualTo("ec2:DescribeInternetGateways");
    assertThat(denied.getMessage())
        .contains("because no policy allows it.")
        .doesNotContain("Encoded", "abc", "def");
  }

  @ParameterizedTest
  @CsvSource({
    "ExpiredToken, have expired",
    "ExpiredTokenException, have expired",
    "RequestExpired, have expired",
    "InvalidClientTokenId, are not valid",
    "UnrecognizedClientException, are not valid",
    "AuthFailure, are not valid",
    "SignatureDoesNotMatch, are not valid",
    "MissingAuthenticationToken, are missing"
  })
  void badCredentialsAreToldWithoutAnythingOfThem(String code, String problem) {
    var denied =
        (CloudException.Denied)
            translated(
                403, code, "canonical string: x-amz-security-token:SECRET AKIAABCDEFGHIJKLMNOP");

    assertThat(denied.getMessage())
        .contains("the AWS credentials " + problem)
        .doesNotContain("SECRET", "AKIA");
    assertThat(denied.permission()).startsWith("valid AWS credentials").contains("web identity");
    assertThat(denied.getCause()).isNull();
  }

  @Test
  void noCredentialsAtAllAreToldTheSame() {
    var error =
        silent(
            SdkClientException.create(
                "Unable to load credentials from any of the providers in the chain X : [SECRET]"));

    assertThat(error)
        .isInstanceOf(CloudException.Denied.class)
        .hasMessageContaining("the AWS credentials were not found")
        .hasMessageNotContaining("SECRET");
  }

  @Test
  void keyIdsNeverLeave() {
    assertThat(translated(400, "Strange", "key AKIAABCDEFGHIJKLMNOP is odd").getMessage())
        .contains("key (key id) is odd");
  }

  @ParameterizedTest
  @CsvSource({
    "TooManyLoadBalancers, Network Load Balancers per Region",
    "TooManyLoadBalancersException, Network Load Balancers per Region",
    "TooManyTargetGroups, Target Groups per Region",
    "TooManyListeners, Listeners per Network Load Balancer",
    "TooManyCertificates, Certificates per Network Load Balancer",
    "TooManyTargets, Targets per Network Load Balancer",
    "RulesPerSecurityGroupLimitExceeded, Inbound or outbound rules per security group",
    "SecurityGroupLimitExceeded, VPC security groups per Region",
    "SecurityGroupsPerInterfaceLimitExceeded, Security groups per network interface",
    "NetworkInterfaceLimitExceeded, Network interfaces per Region",
    "AddressLimitExceeded, EC2-VPC Elastic IPs",
    "TagLimitExceeded, Tags per resource"
  })
  void quotasAreNamedAsInServiceQuotas(String code, String quota) {
    var error = (CloudException.QuotaExceeded) translated(400, code, "the limit of 50 is reached");

    assertThat(error.quota()).isEqualTo(quota);
    assertThat(error).hasMessageContaining(quota).hasMessageContaining("limit of 50");
  }

  @ParameterizedTest
  @CsvSource({
    "too many targets for the Availability Zone, Targets per Availability Zone per Network Load Balancer",
    "too many targets in the target group, Targets per Target Group per Region"
  })
  void whichQuotaOfTargetsIsReachedIsReadFromTheMessage(String message, String quota) {
    assertThat(((CloudException.QuotaExceeded) translated(400, "TooManyTargets", message)).quota())
        .isEqualTo(quota);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ResourceInUse",
        "ResourceInUseException",
        "DependencyViolation",
        "InvalidGroup.InUse",
        "IncorrectState",
        "PriorRequestNotComplete"
      })
  void whatIsBusyIsNotReady(String code) {
    var error = (CloudException.NotReady) translated(400, code, "sg-1 has a dependent object");

    assertThat(error.after()).isEqualTo(AwsErrors.LOOK_AGAIN);
    assertThat(error).hasMessageContaining("sg-1 has a dependent object");
  }

  @Test
  void deletionProtectionSaysHowToEndIt() {
    var error =
        translated(
            Operation.DELETE_LOAD_BALANCER,
            400,
            "OperationNotPermitted",
            "Load balancer 'x' cannot be deleted because deletion protection is enabled");

    assertThat(error)
        .isInstanceOf(CloudException.NotReady.class)
        .hasMessageContaining("deletion_protection.enabled=false in AWS");
  }

  @Test
  void anotherReasonAgainstADeletionWaitsAndAgainstAChangeIsRejected() {
    assertThat(
            translated(
                Operation.DELETE_LOAD_BALANCER,
                400,
                "OperationNotPermitted",
                "is associated with a VPC endpoint service"))
        .isInstanceOf(CloudException.NotReady.class);
    assertThat(translated(Operation.SET_SUBNETS, 400, "OperationNotPermitted", "no"))
        .isInstanceOf(CloudException.Rejected.class);
  }

  @Test
  void aTargetThatDoesNotRunYetIsWaitedForAndAnImpossibleOneIsRejected() {
    assertThat(
            translated(
                Operation.REGISTER_TARGETS,
                400,
                "InvalidTarget",
                "The following targets are not in a running state and cannot be registered: 'i-1'"))
        .isInstanceOf(CloudException.NotReady.class);
    assertThat(
            translated(Operation.REGISTER_TARGETS, 400, "InvalidTarget", "'i-1' is not in the VPC"))
        .isInstanceOf(CloudException.Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LoadBalancerNotFound",
        "LoadBalancerNotFoundException",
        "TargetGroupNotFound",
        "ListenerNotFound",
        "InvalidGroup.NotFound",
        "DuplicateListener",
        "DuplicateLoadBalancerName",
        "DuplicateTargetGroupName",
        "InvalidGroup.Duplicate",
        "InvalidPermission.Duplicate",
        "InvalidPermission.NotFound"
      })
  void whatIsNoLongerAsPlannedIsAConflict(String code) {
    assertThat(translated(400, code, "gone")).isInstanceOf(CloudException.Conflict.class);
  }

  @ParameterizedTest
  @CsvSource({
    "CertificateNotFound, ssl-cert",
    "UnsupportedCertificate, ssl-cert",
    "SubnetNotFound, subnets",
    "InvalidSubnet, subnets",
    "InvalidSubnetID.NotFound, subnets",
    "InvalidScheme, scheme",
    "AllocationIdNotFound, eip-allocations",
    "InvalidAllocationID.NotFound, eip-allocations",
    "InvalidSecurityGroup, security-groups",
    "SSLPolicyNotFound, ssl-negotiation-policy",
    "ALPNPolicyNotSupportedException, alpn-policy",
    "IncompatibleProtocols, backend-protocol",
    "InvalidConfigurationRequest, attributes",
    "DuplicateTagKeys, additional-resource-tags"
  })
  void aMistakeNamesItsAnnotationWhatAwsSaysAndTheFix(String code, String annotation) {
    var error = (CloudException.Rejected) translated(400, code, "words of AWS");

    assertThat(error.field()).isEqualTo(PREFIX + annotation);
    assertThat(error).hasMessage(PREFIX + annotation + ": words of AWS");
    assertThat(error.fix()).matches("(name|write|behind).{10,}");
  }

  @Test
  void aCodeThatNobodyKnowsIsRejectedWithTheCodeAndTheOperation() {
    var error = (CloudException.Rejected) translated(400, "ValidationError", "1 is too short");

    assertThat(error.field()).isEqualTo("elasticloadbalancing:CreateLoadBalancer");
    assertThat(error).hasMessageContaining("ValidationError: 1 is too short");
  }

  @Test
  void theCauseIsKeptForTheLog() {
    var cause = answer(400, "InvalidScheme", "no");

    assertThat(AwsErrors.translate(Operation.CREATE_LOAD_BALANCER, Optional.empty(), cause))
        .hasCause(cause);
  }

  private static CloudException translated(int status, String code, String message) {
    return translated(Operation.CREATE_LOAD_BALANCER, status, code, message);
  }

  private static CloudException translated(
      Operation operation, int status, String code, String message) {
    return AwsErrors.translate(operation, Optional.empty(), answer(status, code, message));
  }

  private static CloudException silent(SdkException error) {
    return AwsErrors.translate(Operation.CREATE_LOAD_BALANCER, Optional.empty(), error);
  }

  private static AwsServiceException answer(int status, String code, String message) {
    return AwsServiceException.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
        .build();
  }
}
