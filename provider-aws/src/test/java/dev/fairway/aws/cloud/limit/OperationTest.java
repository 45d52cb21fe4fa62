// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

class OperationTest {
  @ParameterizedTest
  @EnumSource(Operation.class)
  void isOneThatItsServiceHas(Operation operation) {
    var client =
        switch (operation.service()) {
          case ELB -> ElasticLoadBalancingV2Client.class;
          case EC2 -> Ec2Client.class;
        };
    var method =
        operation.action().substring(0, 1).toLowerCase(Locale.ROOT)
            + operation.action().substring(1);

    assertThat(Arrays.stream(client.getMethods()).map(Method::getName)).contains(method);
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void isSpelledAsItsAction(Operation operation) {
    assertThat(operation.name().replace("_", "")).isEqualToIgnoringCase(operation.action());
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void readsAreNotCountedAsWrites(Operation operation) {
    assertThat(operation.throttleClass().name().endsWith("READ"))
        .isEqualTo(operation.action().startsWith("Describe"));
  }

  @Test
  void namesThePermissionAsIamDoes() {
    assertThat(Operation.CREATE_LOAD_BALANCER.permission())
        .isEqualTo("elasticloadbalancing:CreateLoadBalancer");
    assertThat(Operation.DESCRIBE_VPCS.permission()).isEqualTo("ec2:DescribeVpcs");
  }
}
