// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/// The arrows between modules, and what is pure stays pure.
class ArchitectureTest {
  private static final String[] PURE = {
    "dev.fairway.cloud.model..",
    "dev.fairway.cloud.plan..",
    "dev.fairway.cloud.annotation..",
    "dev.fairway.aws.model..",
    "dev.fairway.aws.plan..",
    "dev.fairway.aws.spec..",
    "dev.fairway.openstack.model..",
    "dev.fairway.openstack.plan..",
    "dev.fairway.openstack.spec..",
    "dev.fairway.metal.model..",
    "dev.fairway.metal.plan..",
    "dev.fairway.metal.pool..",
    "dev.fairway.metal.owner..",
    "dev.fairway.metal.migrate..",
    "dev.fairway.manager.desired..",
    "dev.fairway.manager.report.."
  };

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.fairway");

  @Test
  void allModulesAreLookedAt() {
    assertThat(ALL.containPackage("dev.fairway.cloud")).isTrue();
    assertThat(ALL.containPackage("dev.fairway.aws.cloud")).isTrue();
    assertThat(ALL.containPackage("dev.fairway.openstack.cloud")).isTrue();
    assertThat(ALL.containPackage("dev.fairway.metal.cloud")).isTrue();
    assertThat(ALL.containPackage("dev.fairway.manager.reconcile")).isTrue();
  }

  @Test
  void theContractDependsOnNothingButItselfAndTheJdk() {
    check(
        classes()
            .that()
            .resideInAPackage("dev.fairway.cloud..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.fairway.cloud..", "java..", "org.jspecify.."));
  }

  @Test
  void theManagerFindsProvidersAtRunTimeOnly() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.fairway.manager..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.fairway.metal..",
                "dev.fairway.aws..",
                "dev.fairway.openstack..",
                "dev.fairway.testkit.."));
  }

  @Test
  void providersKnowTheContractAndNotTheManager() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "dev.fairway.metal..", "dev.fairway.aws..", "dev.fairway.openstack..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.fairway.manager..", "dev.fairway.testkit.."));
  }

  @Test
  void whatIsPureCallsNobodyLogsNothingAndReadsNoClock() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.fabric8..",
                "org.slf4j..",
                "software.amazon..",
                "org.openstack4j..",
                "java.io..",
                "java.nio.file..",
                "java.util.concurrent.."));
    check(
        noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(InstantSource.class)
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now"));
  }

  @Test
  void onlyTheCloudPackageOfAProviderKnowsItsClient() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.fairway.metal..")
            .and()
            .resideOutsideOfPackage("dev.fairway.metal.cloud..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8.."));
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.fairway.aws..")
            .and()
            .resideOutsideOfPackage("dev.fairway.aws.cloud..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon..", "io.github.resilience4j.."));
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.fairway.openstack..")
            .and()
            .resideOutsideOfPackage("dev.fairway.openstack.cloud..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.openstack4j..", "io.github.resilience4j.."));
  }

  @Test
  void noStateIsStatic() {
    check(
        noFields()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage("dev.fairway..")
            .and()
            .areStatic()
            .should()
            .notBeFinal());
  }

  private static void check(ArchRule rule) {
    rule.check(ALL);
  }
}
