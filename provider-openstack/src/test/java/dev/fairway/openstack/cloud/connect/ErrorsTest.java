// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.error.CloudException;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CREATE_LISTENER | 400 | {'faultstring': 'Validation failure: x'} | Rejected | load-balancer:CreateListener",
        "CREATE_LISTENER | 501 | {'faultstring': 'Provider ovn does not support a requested option'} | Rejected | load-balancer:CreateListener",
        "UPDATE_PORT | 405 | {} | Rejected | network:UpdatePort",
        "GET_LISTENER | 401 | {'error': {'message': 'x'}} | Denied | a token that the load-balancer service accepts",
        "FAILOVER_LOAD_BALANCER | 403 | {'faultstring': 'Policy does not allow this request to be performed.'} | Denied | load-balancer:FailoverLoadBalancer",
        "CREATE_LOAD_BALANCER | 403 | {'faultstring': 'Quota has been met for resources: Load Balancer'} | QuotaExceeded | Load Balancer",
        "CREATE_FLOATING_IP | 409 | {'NeutronError': {'type': 'IpAddressGenerationFailure', 'message': 'No more IP addresses available on network n1.'}} | QuotaExceeded | floating IP pool n1",
        "CREATE_FLOATING_IP | 409 | {'NeutronError': {'type': 'ExternalIpAddressExhausted', 'message': 'Unable to find any IP address on external network n1.'}} | QuotaExceeded | floating IP pool n1",
        "CREATE_LOAD_BALANCER | 500 | {'faultstring': 'No more IP addresses available on network n2.'} | QuotaExceeded | addresses of n2",
        "UPDATE_LISTENER | 404 | {'faultstring': 'Listener a not found.'} | Conflict | -",
        "UPDATE_LISTENER | 404 | {'message': 'no Route matched with those values'} | Unavailable | -",
        "UPDATE_LISTENER | 409 | {'faultstring': 'Load Balancer a is immutable and cannot be updated.'} | NotReady | PT2S",
        "CREATE_LISTENER | 409 | {'faultstring': 'Another Listener on this Load Balancer is already using protocol_port 80'} | Conflict | -",
        "UPDATE_PORT | 412 | {'NeutronError': {'type': 'RevisionNumberConstraintFailed', 'message': 'x'}} | Conflict | -",
        "LIST_POOLS | 429 | {} | Throttled | PT1S",
        "LIST_POOLS | 413 | {} | Throttled | PT1S",
        "LIST_POOLS | 500 | {} | Unavailable | -",
        "LIST_POOLS | 503 | {} | Unavailable | -",
        "CREATE_LOAD_BALANCER | 503 | {'faultstring': 'Project busy.  Unable to lock the project.  Please try again.'} | Throttled | PT1S",
        "DELETE_LOAD_BALANCER | 409 | {'faultstring': 'Invalid state PENDING_UPDATE of loadbalancer resource a'} | NotReady | PT2S",
        "LIST_POOLS | 408 | {} | Unavailable | -",
        "LIST_POOLS | 302 | {} | Unavailable | -",
      })
  void whatOpenStackSaysIsOneOfOurErrors(
      Operation operation, int status, String body, String kind, String detail) {
    var failed =
        CallFailed.answered(status, Fault.of(body.replace('\'', '"')), "req-1", Optional.empty());

    var error = Errors.translate(Call.of(operation, "/x"), failed);

    assertThat(error.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(detail(error)).isEqualTo(detail);
    assertThat(error).hasMessageContaining(failed.said());
  }

  @Test
  void neutronsQuotaIsNamedWithoutItsQuotes() {
    var fault =
        Fault.of(
            "{\"NeutronError\": {\"type\": \"OverQuota\", \"message\": \"Quota exceeded for resources: ['floatingip'].\"}}");

    assertThat(
            Errors.translate(
                Call.of(Operation.CREATE_FLOATING_IP, "/floatingips"),
                CallFailed.answered(409, fault, "", Optional.empty())))
        .isInstanceOfSatisfying(
            CloudException.QuotaExceeded.class, e -> assertThat(e.quota()).isEqualTo("floatingip"));
  }

  @Test
  void aRejectionNamesTheAnnotationThatTheCallIsAbout() {
    var call = Call.of(Operation.CREATE_LOAD_BALANCER, "/x").about("x/subnet-id");

    assertThat(Errors.translate(call, answered(400)))
        .isInstanceOfSatisfying(
            CloudException.Rejected.class, e -> assertThat(e.field()).isEqualTo("x/subnet-id"));
  }

  @Test
  void theDetailsOfACallStayWithItsError() {
    var error = Errors.translate(Call.of(Operation.LIST_POOLS, "/x"), answered(500));

    assertThat(CallFailed.of(error))
        .hasValueSatisfying(failed -> {
          assertThat(failed.status()).isEqualTo(500);
          assertThat(failed.requestId()).isEqualTo("req-1");
        });
    assertThat(error).hasMessageContaining("req-1");
  }

  @Test
  void onlyWhatWasSentAndNotClearlyRefusedMayHaveBeenCarriedOut() {
    var call = Call.of(Operation.CREATE_LOAD_BALANCER, "/x");

    assertThat(carriedOut(call, CallFailed.lost("x", new IOException()))).isTrue();
    assertThat(carriedOut(call, CallFailed.garbled(201, "x", ""))).isTrue();
    assertThat(carriedOut(call, answered(504))).isTrue();
    assertThat(carriedOut(call, answered(400))).isFalse();
    assertThat(carriedOut(call, CallFailed.notSent("x", new IOException()))).isFalse();
    assertThat(CallFailed.mayHaveBeenCarriedOut(new CloudException.Unavailable("breaker", null)))
        .isFalse();
  }

  @Test
  void tokensInAFaultAreTakenOutAndLongOnesAreCut() {
    assertThat(Fault.of("{\"message\": \"token gAAAAABn-abc_DEF== is bad\"}").said())
        .isEqualTo("token (token) is bad");
    assertThat(Fault.of("{\"message\": \"eyJhbGciOiJFUzI1NiJ9.eyJz.abc-_\"}").said())
        .isEqualTo("(token)");
    assertThat(Fault.of("{\"message\": \"%s\"}".formatted("word ".repeat(500))).said())
        .hasSizeLessThan(510);
    assertThat(Fault.of("no JSON").said()).isEmpty();
  }

  private static boolean carriedOut(Call call, CallFailed failed) {
    return CallFailed.mayHaveBeenCarriedOut(Errors.translate(call, failed));
  }

  private static CallFailed answered(int status) {
    return CallFailed.answered(status, new Fault("", "said"), "req-1", Optional.empty());
  }

  private static String detail(CloudException error) {
    return switch (error) {
      case CloudException.Throttled e -> e.retryAfter().toString();
      case CloudException.NotReady e -> e.after().toString();
      case CloudException.Denied e -> e.permission();
      case CloudException.QuotaExceeded e -> e.quota();
      case CloudException.Rejected e -> e.field();
      case CloudException.Unavailable _ -> "-";
      case CloudException.Conflict _ -> "-";
    };
  }
}
