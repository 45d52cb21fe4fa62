// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack;

import org.junit.jupiter.api.Nested;

/// What the simulated and the real OpenStack answer alike, as far as a controller can tell:
/// statuses, the words that errors are told by, states and how they follow each other, filters,
/// pages.
abstract class OpenStackContract {
  abstract OpenStackSeed seed();

  @Nested
  final class IdentityAnswers extends IdentityContract {
    @Override
    OpenStackSeed seed() {
      return OpenStackContract.this.seed();
    }
  }

  @Nested
  final class BalancerAnswers extends BalancerContract {
    @Override
    OpenStackSeed seed() {
      return OpenStackContract.this.seed();
    }
  }

  @Nested
  final class ListAnswers extends ListContract {
    @Override
    OpenStackSeed seed() {
      return OpenStackContract.this.seed();
    }
  }

  @Nested
  final class ChildAnswers extends ChildContract {
    @Override
    OpenStackSeed seed() {
      return OpenStackContract.this.seed();
    }
  }

  @Nested
  final class MemberAnswers extends MemberContract {
    @Override
    OpenStackSeed seed() {
      return OpenStackContract.this.seed();
    }
  }

  @Nested
  final class RefusalAnswers extends RefusalContract {
    @Override
    OpenStackSeed seed() {
      return OpenStackContract.this.seed();
    }
  }

  @Nested
  final class QuotaAnswers extends QuotaContract {
    @Override
    OpenStackSeed seed() {
      return OpenStackContract.this.seed();
    }
  }

  @Nested
  final class FloatingIpAnswers extends FloatingIpContract {
    @Override
    OpenStackSeed seed() {
      return OpenStackContract.this.seed();
    }
  }

  @Nested
  final class NetworkAnswers extends NetworkContract {
    @Override
    OpenStackSeed seed() {
      return OpenStackContract.this.seed();
    }
  }
}
